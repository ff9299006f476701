/** Optimises a policy on preference pairs against a frozen reference. */
package dev.ratchet.preference;

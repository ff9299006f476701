/** The learning core as verbs of the command line, on files alone. */
package dev.ratchet.app.learn;

/**
 * Examples to learn from, as TRL's JSON Lines hold them: read row by row, linted before anything is trained, and split
 * by prompt.
 */
package dev.ratchet.examples;

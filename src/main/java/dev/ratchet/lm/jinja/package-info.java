/**
 * A sandboxed interpreter of the part of Jinja that chat templates use, with Jinja 2's own results to the byte.
 *
 * <p>A template reaches nothing but the values it is given: no reflection, no files, no includes. Its work, nesting and
 * output are bounded by counts, not by a clock, so that what is refused once is refused always.
 */
package dev.ratchet.lm.jinja;

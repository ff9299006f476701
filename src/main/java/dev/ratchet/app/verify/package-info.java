/** The verb that replays a folder of reference answers and says how far each of them is off. */
package dev.ratchet.app.verify;

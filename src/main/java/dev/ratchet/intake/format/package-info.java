/** Files of examples in the layouts of other tools, read row by row: nothing here knows a database. */
package dev.ratchet.intake.format;

package dev.ratchet.dataset.export;

import java.io.IOException;

/** What takes rows, one after another: a file, or something that counts. */
interface Row {

    /**
     * Takes a row.
     *
     * @param values in the order of the columns, each as its {@link Column.Type} says, or null
     * @return whether more rows are wanted
     */
    boolean take(Object... values) throws IOException;
}

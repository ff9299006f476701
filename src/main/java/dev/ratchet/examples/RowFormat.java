package dev.ratchet.examples;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a row's JSON is read as an example of some type. */
public interface RowFormat<T> {
    T read(ObjectNode row) throws RowException;
}

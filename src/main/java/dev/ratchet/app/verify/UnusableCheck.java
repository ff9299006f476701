package dev.ratchet.app.verify;

import java.io.IOException;

/** An item that should be there and is not, or cannot be read: it always fails, with its reason. */
record UnusableCheck(String item, String reason) implements Check {
    @Override
    public void run(Comparison comparison) throws IOException {
        throw new IOException(reason);
    }
}

package dev.ratchet.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Dispatches the verbs of the command line. */
@QuarkusMain
public final class Main {

    Main() {}

    public static void main(String... args) {
        Quarkus.run(args);
    }
}

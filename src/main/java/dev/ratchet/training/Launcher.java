package dev.ratchet.training;

import java.io.IOException;

/** Starts a worker for a run's folder. */
public interface Launcher {

    /** Starts a worker; it finds all that it needs in the folder. */
    Worker launch(RunFolder folder) throws IOException;

    /** A worker that was started. */
    interface Worker {
        long processId();

        boolean alive();

        /** Ends the worker at once; it may be in native code that hears nothing else. */
        void kill();
    }
}

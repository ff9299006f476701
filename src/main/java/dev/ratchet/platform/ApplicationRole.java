package dev.ratchet.platform;

/** A part of the work that a process takes on; a single process takes all of them. */
public enum ApplicationRole {
    /** Pages and the programs' interface. */
    WEB,
    /** Relay to Kafka and consumers. */
    STREAM,
    /** The retraining loop and its workers. */
    TRAINER,
    /** The served model. */
    SERVING
}

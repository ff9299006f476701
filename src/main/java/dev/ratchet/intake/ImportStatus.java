package dev.ratchet.intake;

/** Where an import stands. */
final class ImportStatus {
    /** Parts of the file are still to come. */
    static final String RECEIVING = "receiving";
    /** The file is looked through. */
    static final String CHECKING = "checking";
    /** A person looks at the preview. */
    static final String READY = "ready";
    static final String IMPORTING = "importing";
    static final String DONE = "done";
    /** It stopped; what it had taken in stays, and it can go on. */
    static final String FAILED = "failed";
    /** Nothing of it came in, and its file is gone. */
    static final String DISCARDED = "discarded";

    /** What nothing uses of it is being removed. */
    static final String UNDOING = "undoing";
    /** Taken back; what is in use stays. */
    static final String UNDONE = "undone";

    private ImportStatus() {}

    /** All of them. */
    static String[] codes() {
        return new String[] {RECEIVING, CHECKING, READY, IMPORTING, DONE, FAILED, DISCARDED};
    }
}

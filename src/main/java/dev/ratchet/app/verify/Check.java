package dev.ratchet.app.verify;

/** One item of a reference folder, which can be computed again and compared. */
sealed interface Check permits NetworkCheck, AdapterCheck, TrajectoryCheck, TemplateCheck, BlockCheck,
        SamplingCheck, LanguageModelCheck, UnusableCheck {
    /** What the item is called: its place below the reference folder. */
    String item();

    /** Computes the item's answers and compares them; what it throws fails the item. */
    void run(Comparison comparison) throws Exception;
}

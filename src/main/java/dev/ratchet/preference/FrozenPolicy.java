package dev.ratchet.preference;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Row;
import dev.ratchet.tensor.ComputeType;
import java.util.List;

/** A reference as something that scores rows, however its weights are had. */
final class FrozenPolicy implements AutoCloseable {
    private final LanguageModel model;
    private final boolean own;

    private FrozenPolicy(LanguageModel model, boolean own) {
        this.model = model;
        this.own = own;
    }

    /** One that is asked only before the first step: the policy itself may serve. */
    static FrozenPolicy beforeTraining(Reference reference, LanguageModel policy) {
        return new FrozenPolicy(reference.model() == null ? policy : reference.model(), false);
    }

    /** One that is asked while the policy trains: where that is its own reference, a copy of its weights. */
    static FrozenPolicy whileTraining(Reference reference, LanguageModel policy) {
        return reference.model() == null ? new FrozenPolicy(policy.copy(policy.computeType()), true)
                : new FrozenPolicy(reference.model(), false);
    }

    LanguageModel model() {
        return model;
    }

    /** The head's outputs, in the rows' order. */
    double[] evaluate(List<Row> rows, Decoder.Head head, ComputeType type, ProgressListener listener) {
        return LanguageModel.evaluate(model.decoder(), rows, head, type, listener);
    }

    @Override
    public void close() {
        if (own) {
            model.close();
        }
    }
}

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
    private final boolean policy;
    private final boolean own;

    /**
     * @param policy whether the model is the policy itself, whose adapter, if it has one, is what trains
     * @param own whether the model is a copy that is closed with this
     */
    private FrozenPolicy(LanguageModel model, boolean policy, boolean own) {
        this.model = model;
        this.policy = policy;
        this.own = own;
    }

    /** One that is asked only before the first step: the policy itself may serve. */
    static FrozenPolicy beforeTraining(Reference reference, LanguageModel policy) {
        return reference.model() == null ? new FrozenPolicy(policy, true, false)
                : new FrozenPolicy(reference.model(), false, false);
    }

    /**
     * One that is asked while the policy trains: where that is its own reference, the policy without the adapter that
     * trains, or a copy where all weights do.
     */
    static FrozenPolicy whileTraining(Reference reference, LanguageModel policy) {
        if (reference.model() != null) {
            return new FrozenPolicy(reference.model(), false, false);
        }
        return policy.adapters().active().isPresent() ? new FrozenPolicy(policy, true, false)
                : new FrozenPolicy(policy.copy(policy.computeType()), false, true);
    }

    LanguageModel model() {
        return model;
    }

    /** The head's outputs, in the rows' order. */
    double[] evaluate(List<Row> rows, Decoder.Head head, ComputeType type, ProgressListener listener) {
        return policy ? model.adapters().without(() -> of(rows, head, type, listener))
                : of(rows, head, type, listener);
    }

    private double[] of(List<Row> rows, Decoder.Head head, ComputeType type, ProgressListener listener) {
        return LanguageModel.evaluate(model.decoder(), rows, head, type, listener);
    }

    @Override
    public void close() {
        if (own) {
            model.close();
        }
    }
}

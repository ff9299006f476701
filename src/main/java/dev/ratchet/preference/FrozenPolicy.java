package dev.ratchet.preference;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Row;
import dev.ratchet.tensor.ComputeType;
import java.util.List;
import java.util.function.Supplier;

/**
 * A reference as something that scores rows, however its weights are had: a model of its own, the policy before the
 * first step, or the policy without its adapter, which is what it was before that began to learn.
 */
final class FrozenPolicy implements AutoCloseable {
    private final LanguageModel model;
    private final boolean bare;
    private final boolean own;

    private FrozenPolicy(LanguageModel model, boolean bare, boolean own) {
        this.model = model;
        this.bare = bare;
        this.own = own;
    }

    /** One that is asked only before the first step: the policy itself may serve. */
    static FrozenPolicy beforeTraining(Reference reference, LanguageModel policy) {
        return reference.model() == null ? new FrozenPolicy(policy, true, false)
                : new FrozenPolicy(reference.model(), false, false);
    }

    /**
     * One that is asked while the policy trains: where all of its own reference's weights are trained, a copy of them.
     */
    static FrozenPolicy whileTraining(Reference reference, LanguageModel policy) {
        return reference.model() == null && policy.adapters().active().isEmpty()
                ? new FrozenPolicy(policy.copy(policy.computeType()), false, true) : beforeTraining(reference, policy);
    }

    /** The head's outputs, in the rows' order. */
    double[] evaluate(List<Row> rows, Decoder.Head head, ComputeType type, ProgressListener listener) {
        return with(() -> LanguageModel.evaluate(model.decoder(), rows, head, type, listener));
    }

    /** What tells its weights from others'. */
    String digest() {
        return with(() -> model.decoder().digest());
    }

    private <T> T with(Supplier<T> work) {
        return bare ? model.adapters().without(work) : work.get();
    }

    @Override
    public void close() {
        if (own) {
            model.close();
        }
    }
}

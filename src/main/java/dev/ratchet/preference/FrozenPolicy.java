package dev.ratchet.preference;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Row;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A reference as something that scores rows, however its weights are had. */
final class FrozenPolicy implements AutoCloseable {
    private final LanguageModel model;
    private final boolean own;
    private final boolean bare;

    /** @param bare whether the model's adapter, where it has one, is left out */
    private FrozenPolicy(LanguageModel model, boolean own, boolean bare) {
        this.model = model;
        this.own = own;
        this.bare = bare;
    }

    /** One that is asked only before the first step: the policy itself may serve. */
    static FrozenPolicy beforeTraining(Reference reference, LanguageModel policy) {
        return reference.model() == null ? new FrozenPolicy(policy, false, true)
                : new FrozenPolicy(reference.model(), false, false);
    }

    /**
     * One that is asked while the policy trains: where that is its own reference, the policy without its adapter, or a
     * copy of the weights where all of them are trained.
     */
    static FrozenPolicy whileTraining(Reference reference, LanguageModel policy) {
        if (reference.model() == null && policy.adapters().active().isEmpty()) {
            return new FrozenPolicy(policy.copy(policy.computeType()), true, false);
        }
        return beforeTraining(reference, policy);
    }

    LanguageModel model() {
        return model;
    }

    /** The weights as they act. */
    Map<String, Tensor> tensors() {
        return bare ? model.decoder().tensors() : model.adapters().merged();
    }

    /** The head's outputs, in the rows' order. */
    double[] evaluate(List<Row> rows, Decoder.Head head, ComputeType type, ProgressListener listener) {
        Supplier<double[]> evaluation = () -> LanguageModel.evaluate(model.decoder(), rows, head, type, listener);
        return bare ? model.adapters().without(evaluation) : evaluation.get();
    }

    @Override
    public void close() {
        if (own) {
            model.close();
        }
    }
}

package dev.ratchet.lm;

import dev.ratchet.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;

/** A stored model with a LoRA adapter in it: each weight is merged when it is read. */
public final class MergedModel implements StoredModel {
    private final StoredModel base;
    private final Adapter adapter;

    private MergedModel(StoredModel base, Adapter adapter) {
        this.base = base;
        this.adapter = adapter;
    }

    /**
     * Opens an adapter and its base.
     *
     * @param base what {@link StoredModel#open} takes
     * @throws ModelFormatException in one line, where either cannot be used, or the adapter is a reward model's
     */
    public static MergedModel of(Path adapter, Path base) {
        StoredModel stored = StoredModel.open(base);
        Adapter read = AdapterFolder.read(adapter, stored.config());
        if (read.weights().containsKey(Decoder.SCORE)) {
            throw new ModelFormatException(adapter + " is the adapter of a reward model, not of a language model.");
        }
        return new MergedModel(stored, read);
    }

    @Override
    public ModelConfig config() {
        return base.config();
    }

    @Override
    public Weights weights() {
        Weights own = base.weights();
        return new Weights() {
            @Override
            public Map<String, long[]> shapes() {
                return own.shapes();
            }

            @Override
            public Tensor read(String name) {
                return adapter.merge(name, own.read(name));
            }
        };
    }

    @Override
    public Map<String, byte[]> tokenizerFiles() {
        return base.tokenizerFiles();
    }

    @Override
    public ConversationEncoder encoder() {
        return base.encoder();
    }
}

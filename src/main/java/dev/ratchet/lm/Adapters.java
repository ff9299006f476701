package dev.ratchet.lm;

import dev.ratchet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The LoRA adapters over one base in memory, of which at most one acts: it is what training changes, and the base stays
 * as it is. With none active the base acts alone.
 *
 * <p>Safe to call from several threads; a pass that is under way ends with the adapter that it began with.
 */
public final class Adapters {
    private final Decoder decoder;
    private final Map<String, Adapter> attached = new LinkedHashMap<>();
    private String active;

    public Adapters(Decoder decoder) {
        this.decoder = decoder;
    }

    /** Puts an adapter over the base; it acts once it is activated. */
    public synchronized void attach(String name, Adapter adapter) {
        decoder.attach(name, adapter.weights(), adapter.scales(), adapter.spec().dropout());
        attached.put(name, adapter);
    }

    /** Makes an attached adapter act; null for the base alone. */
    public synchronized void activate(String name) {
        decoder.activate(name);
        active = name;
    }

    /** Frees an adapter; where it was active, the base alone is. */
    public synchronized void detach(String name) {
        decoder.detach(name);
        attached.remove(name);
        if (name.equals(active)) {
            active = null;
        }
    }

    /** Does something with the base alone, and makes the active adapter act again. */
    public synchronized <T> T without(Supplier<T> work) {
        // Who generates or evaluates meanwhile waits: it would be answered by the base alone.
        return decoder.locked(() -> {
            String before = active;
            activate(null);
            try {
                return work.get();
            } finally {
                activate(before);
            }
        });
    }

    public synchronized Optional<String> active() {
        return Optional.ofNullable(active);
    }

    public synchronized Set<String> names() {
        return new TreeSet<>(attached.keySet());
    }

    /** An attached adapter with the values that it has now, as after training. */
    public synchronized Adapter get(String name) {
        Map<String, Tensor> values = decoder.adapterTensors(name);
        return attached.get(name).with(values);
    }

    /** The active adapter with the values that it has now. */
    public synchronized Optional<Adapter> current() {
        return active().map(this::get);
    }

    /** The base's weights with the active adapter merged into them. */
    public synchronized Map<String, Tensor> merged() {
        Map<String, Tensor> base = decoder.tensors();
        return current().map(adapter -> adapter.merge(base)).orElse(base);
    }

    /** As {@link #merged}, but read one at a time where no adapter acts. */
    public synchronized Weights acting() {
        return active == null ? decoder.weights() : Weights.of(merged());
    }

    /** Merges the active adapter into the base for good, and frees it. */
    public synchronized void merge() {
        Map<String, Tensor> merged = merged();
        if (active != null) {
            detach(active);
            decoder.assign(merged);
        }
    }
}

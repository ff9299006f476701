package dev.ratchet.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.ratchet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A decoder's weights in native memory: those of the base, and the adapters over it, one of which may be active. */
final class DecoderWeights {
    private static final String DOWN = ".lora_A.weight";
    private static final String UP = ".lora_B.weight";
    private static final String SCALE = ".lora_scale";

    private final NDManager manager;
    private final Map<String, NDArray> base = new LinkedHashMap<>();
    private final Map<String, Attached> adapters = new LinkedHashMap<>();
    private Attached active;

    /** An adapter's trainable tensors, and beside them the scale of each module. */
    private record Attached(NDManager manager, Map<String, NDArray> trainable, Map<String, NDArray> scales,
            double dropout) {
    }

    DecoderWeights(NDManager manager, Weights source) {
        this.manager = manager;
        List<String> ordered = new ArrayList<>(source.shapes().keySet());
        ordered.sort(Comparator.comparing(name -> source.shapes().get(name).length > 1 ? 0 : 1));
        ordered.forEach(name -> base.put(name, array(manager, source.read(name))));
    }

    /** Weight decay takes the matrices and leaves the norms, so they must lie together. */
    private static Map<String, Tensor> matricesFirst(Map<String, Tensor> tensors) {
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (tensor.shape().length > 1) {
                ordered.put(name, tensor);
            }
        });
        ordered.putAll(tensors);
        return ordered;
    }

    private static NDArray array(NDManager owner, Tensor tensor) {
        return owner.create(tensor.values(), new Shape(tensor.shape()));
    }

    /**
     * What the program looks weights up in: the base's, with those of the active adapter beside or in place of them.
     */
    Map<String, NDArray> dictionary() {
        if (active == null) {
            return base;
        }
        Map<String, NDArray> all = new LinkedHashMap<>(base);
        all.putAll(active.trainable);
        all.putAll(active.scales);
        return all;
    }

    /** What training changes: every weight of the base, or the active adapter alone. */
    Map<String, NDArray> trainable() {
        return active == null ? base : active.trainable;
    }

    Map<String, NDArray> base() {
        return base;
    }

    boolean adapted() {
        return active != null;
    }

    double dropout() {
        return active == null ? 0 : active.dropout;
    }

    void attach(String name, Map<String, Tensor> tensors, Map<String, Double> scales, double dropout) {
        if (adapters.containsKey(name)) {
            throw new IllegalArgumentException("An adapter named '" + name + "' is attached already; detach it first.");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("An adapter's dropout lies in [0, 1), but is " + dropout + ".");
        }
        tensors.forEach((key, tensor) -> check(key, tensor, tensors, scales));
        NDManager own = manager.newSubManager();
        Map<String, NDArray> trainable = new LinkedHashMap<>();
        matricesFirst(tensors).forEach((key, tensor) -> trainable.put(key, array(own, tensor)));
        Map<String, NDArray> factors = new LinkedHashMap<>();
        scales.forEach((module, scale) -> factors.put(module + SCALE, own.create(new float[] {scale.floatValue()})));
        adapters.put(name, new Attached(own, trainable, factors, dropout));
    }

    private void check(String key, Tensor tensor, Map<String, Tensor> all, Map<String, Double> scales) {
        boolean down = key.endsWith(DOWN);
        if (!down && !key.endsWith(UP)) {
            NDArray replaced = base.get(key);
            if (replaced == null || !Arrays.equals(replaced.getShape().getShape(), tensor.shape())) {
                throw new IllegalArgumentException("The adapter's " + key + " has no weight of shape "
                        + Arrays.toString(tensor.shape()) + " to stand in for.");
            }
            return;
        }
        String module = key.substring(0, key.length() - DOWN.length());
        NDArray weight = base.get(module + ".weight");
        Tensor other = all.get(module + (down ? UP : DOWN));
        if (weight == null || weight.getShape().dimension() != 2 || other == null || !scales.containsKey(module)) {
            throw new IllegalArgumentException("The adapter's " + key + " needs a projection " + module
                    + " of the model, its other half and a scale.");
        }
        long[] shape = tensor.shape();
        boolean fits = shape.length == 2 && other.shape().length == 2
                && (down ? shape[1] == weight.getShape().get(1) && shape[0] == other.shape()[1]
                        : shape[0] == weight.getShape().get(0) && shape[1] == other.shape()[0]);
        if (!fits) {
            throw new IllegalArgumentException("The adapter's " + key + " has shape " + Arrays.toString(shape)
                    + ", which does not fit " + module + " " + weight.getShape() + ".");
        }
    }

    /** @param name of an attached adapter, or null for the base alone */
    void activate(String name) {
        active = name == null ? null : require(name);
    }

    void detach(String name) {
        Attached gone = require(name);
        if (gone == active) {
            activate(null);
        }
        adapters.remove(name);
        gone.manager.close();
    }

    private Attached require(String name) {
        Attached found = adapters.get(name);
        if (found == null) {
            throw new IllegalArgumentException("No adapter named '" + name + "' is attached; there are "
                    + new TreeSet<>(adapters.keySet()) + ".");
        }
        return found;
    }

    Map<String, Tensor> adapter(String name) {
        return copies(require(name).trainable);
    }

    static Map<String, Tensor> copies(Map<String, NDArray> arrays) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        arrays.forEach((name, array) ->
                copies.put(name, new Tensor(array.getShape().getShape(), array.toFloatArray())));
        return copies;
    }

    List<String> names() {
        return List.copyOf(trainable().keySet());
    }

    List<NDArray> parameters() {
        return new ArrayList<>(trainable().values());
    }
}

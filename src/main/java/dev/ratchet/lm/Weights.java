package dev.ratchet.lm;

import dev.ratchet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model's weights by their checkpoint names, read one at a time so that they need not all lie on the heap. */
public interface Weights {
    /** Names and shapes, in checkpoint order. */
    Map<String, long[]> shapes();

    /**
     * One weight's values; each call may read them anew.
     *
     * @throws ModelFormatException in one line, where it is missing, damaged or of another shape
     */
    Tensor read(String name);

    /** Weights that are in memory already. */
    static Weights of(Map<String, Tensor> tensors) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return new Weights() {
            @Override
            public Map<String, long[]> shapes() {
                return shapes;
            }

            @Override
            public Tensor read(String name) {
                return tensors.get(name);
            }
        };
    }

    /** All of them in memory. */
    default Map<String, Tensor> readAll() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shapes().keySet().forEach(name -> tensors.put(name, read(name)));
        return tensors;
    }
}

package dev.ratchet.app.verify;

import dev.ratchet.lm.AdapterFolder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Row;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A LoRA adapter over its base: logits with the adapter merged into the weights and beside them. */
record AdapterCheck(String item, Path folder, ModelFolders models) implements Check {
    private static final double LOGITS = 1e-4;

    @Override
    public void run(Comparison comparison) throws IOException {
        Safetensors expected = Safetensors.open(folder.resolve("expected.safetensors"));
        long[] shape = expected.shape("input_ids");
        long[] ids = expected.longs("input_ids");
        int width = (int) shape[1];
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < shape[0]; row++) {
            int[] tokens = Arrays.stream(ids, row * width, (row + 1) * width).mapToInt(Math::toIntExact).toArray();
            rows.add(new Row(Arrays.copyOf(tokens, 1), List.of(Arrays.copyOfRange(tokens, 1, tokens.length))));
        }
        String base = AdapterFolder.base(folder);
        if (base == null) {
            throw new IOException("base_model_name_or_path is missing");
        }
        try (LanguageModel model = LanguageModel.loadAdapter(folder, models.find(base), ComputeType.FLOAT32)) {
            float[] known = expected.floats("logits", shape[0], shape[1], model.config().vocabularySize()).values();
            float[] unmerged = model.decoder().logits(rows, ComputeType.FLOAT32);
            model.adapters().merge();
            float[] merged = model.decoder().logits(rows, ComputeType.FLOAT32);
            comparison.close("logits, unmerged", known, unmerged, LOGITS);
            comparison.close("logits, merged", known, merged, LOGITS);
            comparison.close("logits, merged against unmerged", unmerged, merged, LOGITS);
        }
    }
}

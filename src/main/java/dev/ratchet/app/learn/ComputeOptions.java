package dev.ratchet.app.learn;

import dev.ratchet.tensor.ComputeChoice;
import dev.ratchet.tensor.ComputeProbe;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Torch;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What products are computed in, and by how many threads: measured unless given. */
final class ComputeOptions {
    @Option(names = "--compute", paramLabel = "TYPE", defaultValue = "auto",
            description = "float32, bfloat16, or auto: what this machine computes faster (default: ${DEFAULT-VALUE}).")
    String type = "auto";

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0",
            description = "Threads of one operation; 0 measures whether all are worth it (default: ${DEFAULT-VALUE}).")
    int threads;

    /**
     * What a run computes with, as it is recorded.
     *
     * @param reason how it was chosen, in one sentence
     */
    record Compute(ComputeType type, int threads, String device, String reason) {
    }

    /** Measures what was not given, and sets the threads of this process. */
    Compute resolve() {
        if (threads < 0) {
            throw new Refusal("--threads must be 0 (measure) or more.");
        }
        ComputeType given = given();
        Compute compute;
        if (given != null && threads > 0) {
            compute = new Compute(given, threads, Torch.describe(), "Both were given.");
        } else {
            ComputeChoice choice = ComputeProbe.measure();
            compute = new Compute(given != null ? given : choice.type(), threads > 0 ? threads : choice.threads(),
                    choice.device(), choice.reason());
        }
        return use(compute);
    }

    /** Computes as an earlier part of the same run did. */
    static Compute use(Compute compute) {
        Torch.threads(compute.threads());
        return compute;
    }

    private ComputeType given() {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "auto" -> null;
            case "float32" -> ComputeType.FLOAT32;
            case "bfloat16" -> ComputeType.BFLOAT16;
            default -> throw new Refusal("--compute is '" + type + "'; known are auto, float32 and bfloat16.");
        };
    }
}

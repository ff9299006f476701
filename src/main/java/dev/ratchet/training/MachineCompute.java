package dev.ratchet.training;

import dev.ratchet.tensor.ComputeChoice;
import dev.ratchet.tensor.ComputeProbe;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** What this machine computes fastest with, measured once in the life of the process, when the first run is created. */
@ApplicationScoped
public class MachineCompute {
    private RunSpec.Compute measured;

    /** The choice that a new run's spec records. */
    public synchronized RunSpec.Compute choose() {
        if (measured == null) {
            ComputeChoice choice = ComputeProbe.measure();
            measured = new RunSpec.Compute(
                    choice.type().name().toLowerCase(Locale.ROOT),
                    choice.threads(),
                    choice.device(),
                    choice.float32Gflops(),
                    choice.bfloat16Gflops(),
                    choice.reason());
        }
        return measured;
    }
}

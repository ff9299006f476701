package dev.ratchet.preference;

import dev.ratchet.lm.ExampleSource;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.TrainingSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Groups that are sampled from the policy as training goes; each batch of them serves some steps. */
final class SampledGroups implements ExampleSource<SampledGroup> {
    private final List<List<Message>> prompts;
    private final TrainingSpec training;
    private final int iterations;
    private final Supplier<String> identity;
    private final BiFunction<List<List<Message>>, Long, List<SampledGroup>> sampler;
    private final int perBatch;
    private List<SampledGroup> groups;

    /**
     * @param identity what tells rewards and reference from others
     * @param sampler groups for some prompts and a seed
     */
    SampledGroups(List<List<Message>> prompts, TrainingSpec training, int iterations, Supplier<String> identity,
            BiFunction<List<List<Message>>, Long, List<SampledGroup>> sampler) {
        if (prompts.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to train on: the list of prompts is empty.");
        }
        this.prompts = List.copyOf(prompts);
        this.training = training;
        this.iterations = iterations;
        this.identity = identity;
        this.sampler = sampler;
        this.perBatch = Math.multiplyExact(training.batchSize(), training.accumulation());
    }

    private int batchesPerEpoch() {
        return (prompts.size() + perBatch - 1) / perBatch;
    }

    @Override
    public int totalSteps() {
        return Math.multiplyExact(Math.multiplyExact(batchesPerEpoch(), training.epochs()), iterations);
    }

    @Override
    public List<SampledGroup> step(int step) {
        if ((step - 1) % iterations == 0) {
            int batch = (step - 1) / iterations;
            groups = sampler.apply(batch(batch), new Random(training.seed() + batch).nextLong());
        }
        return groups;
    }

    private List<List<Message>> batch(int batch) {
        List<List<Message>> order = new ArrayList<>(prompts);
        if (training.order() == TrainingSpec.Order.SHUFFLED) {
            Collections.shuffle(order, new Random(training.seed() * 31 + batch / batchesPerEpoch()));
        }
        int from = batch % batchesPerEpoch() * perBatch;
        return order.subList(from, Math.min(order.size(), from + perBatch));
    }

    @Override
    public boolean epochEnds(int step) {
        return step % (batchesPerEpoch() * iterations) == 0;
    }

    /** The samples of a batch are gone with the process, and so a run goes on at the next batch. */
    @Override
    public boolean resumable(int step) {
        return step % iterations == 0;
    }

    @Override
    public void identify(MessageDigest digest) {
        digest.update(identity.get().getBytes(StandardCharsets.UTF_8));
        prompts.forEach(prompt -> digest.update(prompt.toString().getBytes(StandardCharsets.UTF_8)));
    }
}

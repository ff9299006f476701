package dev.ratchet.preference;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.GradientCheck;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.LoraSpec;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.reward.EncodedPair;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each objective's gradient through a whole network against finite differences, in double precision. */
class ObjectiveGradientTest {
    @TempDir
    Path folder;
    private LanguageModel policy;
    private final Random random = new Random(9);

    @BeforeEach
    void create() throws IOException {
        policy = TinyModel.create(folder, false, 3);
    }

    @AfterEach
    void close() {
        policy.close();
    }

    private double[] now(List<Row> rows, Decoder.Head head) {
        return policy.decoder().evaluate(rows, head, ComputeType.FLOAT64);
    }

    /** A reference near the policy, so that no loss is flat and no hinge is crossed. */
    private double near(double logProbability) {
        return logProbability + random.nextGaussian() * 0.5;
    }

    @ParameterizedTest
    @EnumSource(PairLoss.class)
    void thatOfAPairLoss(PairLoss loss) {
        List<EncodedPair> pairs = IntStream.range(0, 3).mapToObj(i -> new EncodedPair(TinyModel.tokens(random, 3 + i),
                TinyModel.tokens(random, 2 + i), TinyModel.tokens(random, 6 - i), 1 + i, 0.1 * i)).toList();
        double[] now = now(pairs.stream().map(EncodedPair::row).toList(), Decoder.Head.LOG_PROBABILITY);
        List<ReferredPair> referred = IntStream.range(0, 3)
                .mapToObj(i -> new ReferredPair(pairs.get(i), near(now[2 * i]), near(now[2 * i + 1]))).toList();
        PreferenceSpec spec = PairLossTest.spec(loss, 0.3).withSupervised(0.4).withOffsetScale(0.5);
        GradientCheck.check(policy.decoder(), new PairObjective(spec), referred);
    }

    @Test
    void thatOfAnAdapter() {
        policy.adapt(new LoraSpec(2, 4), 5, "base");
        Map<String, Tensor> begun = new LinkedHashMap<>();
        policy.decoder().trained().forEach((name, tensor) -> begun.put(name, new Tensor(tensor.shape(),
                floats(tensor.values().length))));
        policy.decoder().assignTrained(begun);
        thatOfAPairLoss(PairLoss.SIGMOID);
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() * 0.2f;
        }
        return values;
    }

    @Test
    void thatOfKtoWithItsDivergenceHeldFixed() {
        List<JudgedReply> judged = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Example example = new Example(TinyModel.tokens(random, 3 + i), TinyModel.tokens(random, 5 - i));
            JudgedReply bare = new JudgedReply(example,
                    TinyModel.tokens(random, 2 + i), i % 2 == 0, 1 + i, 0, 0);
            double[] now = now(List.of(bare.row()), Decoder.Head.LOG_PROBABILITY);
            judged.add(new JudgedReply(bare.example(), bare.mismatched(), bare.desirable(), bare.weight(), near(now[0]),
                    now[1] - 0.2 * i));
        }
        GradientCheck.check(policy.decoder(), new KtoObjective(new Kto(0.4, 1.2, 0.8, 0.3), 4), judged,
                output -> output % 2 == 1);
    }

    @ParameterizedTest
    @CsvSource({"RLOO, K1", "RLOO, K3", "GRPO, K1", "GRPO, K3", "DR_GRPO, K3"})
    void thatOfAPolicyGradient(OnlineMethod method, KlEstimator estimator) {
        OnlineSpec spec = new OnlineSpec(method, 3, 8, 0.2, estimator, new ClippedRatio(0.2, 0.3), 2, 0);
        List<SampledGroup> groups = IntStream.range(0, 2).mapToObj(g -> group(spec, g)).toList();
        GradientCheck.check(policy.decoder(), new PolicyGradient(spec), groups);
    }

    /** Ratios within the clip range and, at some tokens, beyond it. */
    private SampledGroup group(OnlineSpec spec, int g) {
        int[] prompt = TinyModel.tokens(random, 3 + g);
        List<int[]> replies = IntStream.range(0, 3).mapToObj(i -> TinyModel.tokens(random, 2 + 2 * i)).toList();
        double[] now = now(List.of(new Row(prompt, replies)), Decoder.Head.TOKEN_LOG_PROBABILITY);
        double[][] sampler = new double[3][];
        double[][] reference = new double[3][];
        int from = 0;
        for (int i = 0; i < 3; i++) {
            int to = from + replies.get(i).length;
            sampler[i] = Arrays.stream(now, from, to).map(l -> l + random.nextGaussian() * 0.15).toArray();
            reference[i] = Arrays.stream(now, from, to).map(this::near).toArray();
            from = to;
        }
        double[] scores = random.doubles(3).toArray();
        return new SampledGroup(prompt, replies, scores, 0, spec.method().advantages().of(scores), sampler,
                reference, 0);
    }
}

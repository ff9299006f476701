package dev.ratchet.intake.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
    private static final String QUESTION = "My parcel has not arrived although the tracking page says that it was delivered"
            + " yesterday at noon. What can I do to get it, or my money back? My order is number ";

    @Test
    void findsTextsThatDifferInAWord() {
        NearDuplicates texts = new NearDuplicates();
        assertThat(texts.add(QUESTION + "4001.", (byte) 1)).isNull();
        NearDuplicates.Near near = texts.add(QUESTION + "4788!", (byte) 0);
        assertThat(near).isNotNull();
        assertThat(near.mark()).isEqualTo((byte) 1);
        assertThat(near.same()).isFalse();
        assertThat(texts.add(QUESTION.toUpperCase() + " 4001", (byte) 0).same()).isTrue();
    }

    @Test
    void tellsDifferentTextsApart() {
        NearDuplicates texts = new NearDuplicates();
        Random random = new Random(7);
        int found = 0;
        for (int text = 0; text < 5_000; text++) {
            String words = IntStream.range(0, 12).mapToObj(word -> Integer.toString(random.nextInt(40_000), 36))
                    .collect(Collectors.joining(" "));
            found += texts.add(words, (byte) 0) == null ? 0 : 1;
        }
        assertThat(found).isZero();
    }

    @Test
    void takesTextsWithoutLetters() {
        NearDuplicates texts = new NearDuplicates();
        assertThat(texts.add("?!", (byte) 0)).isNull();
        assertThat(texts.add("…", (byte) 0)).isNull();
        assertThat(texts.add("?!", (byte) 0).same()).isTrue();
    }
}

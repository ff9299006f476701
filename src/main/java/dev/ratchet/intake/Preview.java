package dev.ratchet.intake;

import dev.ratchet.intake.format.Detection;
import java.util.List;
import java.util.Map;

/**
 * What a file would bring, counted over all of it.
 *
 * @param rows rows of the file
 * @param rejected those that cannot be used
 * @param entries prompts with or without answers, and documents, counted as often as they stand there
 * @param pairs pairs of a better and a worse answer
 * @param demonstrations answers to be learned as they are
 * @param documents texts to be learned
 * @param prompts prompts without an answer
 * @param reasons how many rows each reason rejects, the most frequent first
 * @param repeated rows whose prompt or text stands in the file or the project already, but for case and punctuation
 * @param nearInFile prompts and texts that are nearly one before them in the file
 * @param nearInProject prompts that are nearly one that the project has
 * @param compared whether all prompts could be compared, or the first of them only
 * @param otherSideThanFile prompts that stand on another side of the split here than the file says
 * @param otherSideThanNear prompts that stand on another side than the one that they are nearly the same as
 * @param personal how many finds of each kind of likely personal data
 * @param personalRows rows with such a find
 * @param columns the columns of the first rows, each with a value
 * @param samples the first rows as they would come in
 * @param refused the first rejected rows
 */
public record Preview(long rows, long rejected, long entries, long pairs, long demonstrations, long documents,
        long prompts, Map<String, Long> reasons, long repeated, long nearInFile, long nearInProject, boolean compared,
        long otherSideThanFile, long otherSideThanNear, Map<String, Long> personal, long personalRows,
        List<Detection.Column> columns, List<Sample> samples, List<Refused> refused) {

    /** A row as it would come in; texts are cut. */
    public record Sample(long line, String kind, String prompt, List<String> answers, String side, List<String> tags) {}

    /** A row that cannot be used. */
    public record Refused(long line, String reason, String row) {}

    /** Rows that can be used. */
    public long accepted() {
        return rows - rejected;
    }
}

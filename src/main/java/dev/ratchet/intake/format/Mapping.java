package dev.ratchet.intake.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a file is read.
 *
 * @param container how rows stand in the file
 * @param separator what stands between the cells of CSV; null elsewhere
 * @param format what the fields of a row mean
 * @param columns the column of each role, for {@link Format#COLUMNS}; of the roles split, split_group and tags for all
 * @param maskPersonalData whether likely personal data is replaced by its kind, as {@code [email]}
 * @param makeTasks whether answers of one prompt become a task to rate
 * @param overlap how many people rate each of the tasks
 */
public record Mapping(Container container, Character separator, Format format, Map<String, String> columns,
        boolean maskPersonalData, boolean makeTasks, int overlap) {
    public static final String PROMPT = "prompt";
    public static final String SYSTEM = "system";
    public static final String CHOSEN = "chosen";
    public static final String REJECTED = "rejected";
    public static final String RESPONSE = "response";
    public static final String SCORE = "score";
    public static final String TEXT = "text";
    public static final String TAGS = "tags";
    public static final String SPLIT = "split";
    public static final String SPLIT_GROUP = "split_group";

    /** Everything that a column can be. */
    public static final List<String> COLUMN_ROLES =
            List.of(PROMPT, SYSTEM, CHOSEN, REJECTED, RESPONSE, SCORE, TEXT, TAGS, SPLIT, SPLIT_GROUP);

    private static final Map<String, Set<String>> USUAL_NAMES = usualNames();

    public Mapping {
        columns = Map.copyOf(columns);
    }

    /** What is wrong with it, as a sentence; null where nothing is. */
    public String fault() {
        if (!COLUMN_ROLES.containsAll(columns.keySet())) {
            return "The roles of columns are " + String.join(", ", COLUMN_ROLES) + ".";
        }
        if (overlap < 1 || overlap > 50) {
            return "The overlap must be 1 to 50.";
        }
        if (container == Container.CSV && (separator == null || "\"\n\r".indexOf(separator) >= 0)) {
            return "CSV needs a separator, as a comma, a semicolon or a tab.";
        }
        if (format == Format.COLUMNS && !columns.containsKey(PROMPT) && !columns.containsKey(TEXT)) {
            return "Choose which column is the prompt, or which is the text of a document.";
        }
        return format == Format.COLUMNS && columns.containsKey(CHOSEN) != columns.containsKey(REJECTED)
                ? "A pair needs both: choose the columns of the chosen and of the rejected answer." : null;
    }

    /** The likely role of each column, by what it is called. */
    static Map<String, String> guess(List<String> names) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String role : COLUMN_ROLES) {
            names.stream().filter(name -> USUAL_NAMES.get(role).contains(name.toLowerCase(java.util.Locale.ROOT)))
                    .findFirst().ifPresent(name -> columns.put(role, name));
        }
        if (columns.containsKey(PROMPT)) {
            columns.remove(TEXT);
        }
        if (columns.containsKey(CHOSEN) != columns.containsKey(REJECTED)) {
            columns.remove(CHOSEN);
            columns.remove(REJECTED);
        }
        return columns;
    }

    private static Map<String, Set<String>> usualNames() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        names.put(PROMPT, Set.of("prompt", "question", "instruction", "query", "input", "messages"));
        names.put(SYSTEM, Set.of("system", "system_prompt"));
        names.put(CHOSEN, Set.of("chosen", "preferred", "better", "winner", "good"));
        names.put(REJECTED, Set.of("rejected", "dispreferred", "worse", "loser", "bad"));
        names.put(RESPONSE, Set.of("response", "answer", "completion", "output", "reply"));
        names.put(SCORE, Set.of("score", "helpfulness", "label", "rating", "reward"));
        names.put(TEXT, Set.of("text", "document", "content", "body"));
        names.put(TAGS, Set.of("tags", "tag", "language", "lang"));
        names.put(SPLIT, Set.of("split"));
        names.put(SPLIT_GROUP, Set.of("split_group", "splitgroup", "group"));
        return names;
    }
}

package dev.ratchet.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.Message;
import dev.ratchet.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Adds prompts to a project; each conversation once. */
@ApplicationScoped
public class Prompts {
    /** Most prompts of one call. */
    public static final int MAX_PROMPTS = 50_000;

    private static final int MAX_MESSAGES = 64;
    private static final int MAX_CHARACTERS = 100_000;
    private static final int MAX_SPLIT_GROUP = 10_000;
    private static final Set<String> ROLES = Set.of("system", "user", "assistant");

    private static final String INSERT = """
            insert into prompt (project_id, messages, split_group, split, tags, digest, created_at, import_id)
            select ?, n.messages::jsonb, n.split_group, n.split, string_to_array(n.tags, ' '), n.digest, ?, ?
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   with ordinality as n(messages, split_group, split, tags, digest, place)
             order by n.place
            on conflict (project_id, digest) do nothing
            returning id, digest""";

    private static final String FIND =
            "select digest, id, split from prompt where project_id = ? and digest = any(?) order by digest"
                    + " for key share";

    private final DataSource database;
    private final ObjectMapper json;
    private final Clock clock;

    Prompts(DataSource database, ObjectMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Adds all of the prompts that the project does not have, or none if one of them is not valid.
     *
     * @throws Problem 422 if a prompt has no turns, an unknown role, an empty or too long turn, or does not end with
     *     the user's turn; says which
     */
    @Transactional
    public AddedPrompts add(Project project, List<NewPrompt> prompts) {
        if (prompts.size() > MAX_PROMPTS) {
            throw Problem.unprocessable("too-many-prompts", "Too many prompts at once",
                    "Send at most " + MAX_PROMPTS + " prompts in one call, not " + prompts.size() + ".");
        }
        Map<String, PreparedPrompt> rows = new LinkedHashMap<>();
        Map<String, Integer> places = new HashMap<>();
        List<Integer> duplicates = new ArrayList<>();
        for (int place = 0; place < prompts.size(); place++) {
            PreparedPrompt row = checked(place, prompts.get(place));
            if (rows.putIfAbsent(row.digest(), row) == null) {
                places.put(row.digest(), place);
            } else {
                duplicates.add(place);
            }
        }
        Map<String, Long> ids = rows.isEmpty() ? Map.of() : insert(project, null, List.copyOf(rows.values()));
        rows.keySet().stream().filter(digest -> !ids.containsKey(digest)).map(places::get).forEach(duplicates::add);
        List<Long> added = rows.keySet().stream().map(ids::get).filter(Objects::nonNull).toList();
        return new AddedPrompts(added, duplicates.stream().sorted().toList());
    }

    /**
     * Prepares a prompt that has no {@link #fault}.
     *
     * @param tags languages and skills that its reviewers need, lower case words; those of a prompt that is there stay
     */
    public PreparedPrompt prepare(NewPrompt prompt, List<String> tags) {
        String group = Split.normalise(group(prompt));
        String messages = write(prompt.messages());
        return new PreparedPrompt(messages, group, Split.of(group).name().toLowerCase(Locale.ROOT), tags,
                sha256(messages));
    }

    /**
     * The prompts as the project has them, those that it lacked added: what an import calls for each of its batches, in
     * the transaction that also keeps what answers them. None of them can be deleted before that has ended.
     *
     * @return one for each prompt, in the order given
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<KeptPrompt> keep(Project project, long importId, List<PreparedPrompt> prompts) {
        Map<String, PreparedPrompt> different = new HashMap<>();
        prompts.forEach(prompt -> different.putIfAbsent(prompt.digest(), prompt));
        // In one order everywhere, so that two imports that bring the same prompts never wait for each other in a ring.
        List<PreparedPrompt> ordered = different.values().stream().sorted(Comparator.comparing(PreparedPrompt::digest))
                .toList();
        Map<String, KeptPrompt> kept = new HashMap<>();
        // Again where one that was known has been deleted meanwhile.
        while (kept.size() < ordered.size()) {
            List<PreparedPrompt> missing = ordered.stream().filter(row -> !kept.containsKey(row.digest())).toList();
            Map<String, Long> added = insert(project, importId, missing);
            missing.stream().filter(row -> added.containsKey(row.digest())).forEach(row ->
                    kept.put(row.digest(), new KeptPrompt(added.get(row.digest()), row.split(), true)));
            if (added.size() < missing.size()) {
                find(project, missing.stream().map(PreparedPrompt::digest).filter(digest -> !added.containsKey(digest))
                        .toArray(String[]::new), kept);
            }
        }
        return prompts.stream().map(prompt -> kept.get(prompt.digest())).toList();
    }

    private void find(Project project, String[] digests, Map<String, KeptPrompt> kept) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setLong(1, project.id);
            select.setArray(2, connection.createArrayOf("text", digests));
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    kept.put(found.getString(1), new KeptPrompt(found.getLong(2), found.getString(3), false));
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The prompts cannot be found", failure);
        }
    }

    private Map<String, Long> insert(Project project, Long importId, List<PreparedPrompt> rows) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, project.id);
            insert.setTimestamp(2, Timestamp.from(clock.instant()));
            insert.setObject(3, importId, Types.BIGINT);
            insert.setArray(4, connection.createArrayOf(
                    "text", rows.stream().map(PreparedPrompt::messages).toArray(String[]::new)));
            insert.setArray(5, connection.createArrayOf(
                    "text", rows.stream().map(PreparedPrompt::splitGroup).toArray(String[]::new)));
            insert.setArray(6, connection.createArrayOf(
                    "text", rows.stream().map(PreparedPrompt::split).toArray(String[]::new)));
            insert.setArray(7, connection.createArrayOf("text",
                    rows.stream().map(row -> String.join(" ", row.tags())).toArray(String[]::new)));
            insert.setArray(8, connection.createArrayOf("text",
                    rows.stream().map(PreparedPrompt::digest).toArray(String[]::new)));
            Map<String, Long> ids = new HashMap<>();
            try (ResultSet inserted = insert.executeQuery()) {
                while (inserted.next()) {
                    ids.put(inserted.getString(2), inserted.getLong(1));
                }
            }
            return ids;
        } catch (SQLException failure) {
            throw new IllegalStateException("The prompts cannot be stored", failure);
        }
    }

    private PreparedPrompt checked(int place, NewPrompt prompt) {
        fault(prompt).ifPresent(fault -> {
            throw Problem.unprocessable("invalid-prompt", "A prompt is not valid",
                    "Nothing was added: prompts[" + place + "]." + fault + ".");
        });
        return prepare(prompt, List.of());
    }

    /** The side of the split that a prompt without a fault stands on, whether or not the project has it yet. */
    public static Split sideOf(NewPrompt prompt) {
        return Split.of(group(prompt));
    }

    private static String group(NewPrompt prompt) {
        return prompt.splitGroup() != null ? prompt.splitGroup()
                : prompt.messages().stream().filter(message -> message.role().equals("user")).findFirst().orElseThrow()
                        .content();
    }

    /** What is wrong with a prompt, as {@code messages[1].content must not be empty}; empty where nothing is. */
    public static Optional<String> fault(NewPrompt prompt) {
        if (prompt == null || prompt.messages() == null || prompt.messages().isEmpty()) {
            return Optional.of("messages must have at least one turn");
        }
        if (prompt.messages().size() > MAX_MESSAGES) {
            return Optional.of("messages must have at most " + MAX_MESSAGES + " turns");
        }
        int characters = 0;
        for (int turn = 0; turn < prompt.messages().size(); turn++) {
            Message message = prompt.messages().get(turn);
            String field = "messages[" + turn + "]";
            if (message == null || message.role() == null || !ROLES.contains(message.role())) {
                return Optional.of(field + ".role must be system, user or assistant");
            }
            if (message.role().equals("system") && turn > 0) {
                return Optional.of(field + ".role may be system in the first turn only");
            }
            if (message.content() == null || message.content().isBlank()) {
                return Optional.of(field + ".content must not be empty");
            }
            if (!isText(message.content())) {
                return Optional.of(field + ".content must be text without NUL or half characters");
            }
            characters += Math.min(message.content().length(), MAX_CHARACTERS + 1);
        }
        if (characters > MAX_CHARACTERS) {
            return Optional.of("messages must have at most " + MAX_CHARACTERS + " characters in all");
        }
        if (!prompt.messages().get(prompt.messages().size() - 1).role().equals("user")) {
            return Optional.of("messages must end with the user's turn, which is the one to be answered");
        }
        String group = prompt.splitGroup();
        if (group != null && (group.isBlank() || group.length() > MAX_SPLIT_GROUP || !isText(group))) {
            return Optional.of("splitGroup must be absent, or text of 1 to " + MAX_SPLIT_GROUP + " characters");
        }
        return Optional.empty();
    }

    /** What PostgreSQL can keep: no NUL, no surrogate without its other half. */
    private static boolean isText(String text) {
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit == 0) {
                return false;
            }
            if (Character.isSurrogate(unit)) {
                if (!Character.isHighSurrogate(unit) || at + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(at + 1))) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    private String write(List<Message> messages) {
        try {
            return json.writeValueAsString(messages);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Messages cannot be written as JSON", failure);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", failure);
        }
    }
}

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
            insert into prompt (project_id, messages, split_group, split, digest, created_at, import_id)
            select ?, n.messages::jsonb, n.split_group, n.split, n.digest, ?, ?
              from unnest(?::text[], ?::text[], ?::text[], ?::text[])
                   with ordinality as n(messages, split_group, split, digest, place)
             order by n.place
            on conflict (project_id, digest) do nothing
            returning id, digest""";

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
     * @throws Problem 422 if a prompt has no turns, an unknown role, an empty or too long turn, or does not end with the
     *     user's turn; says which
     */
    @Transactional
    public AddedPrompts add(Project project, List<NewPrompt> prompts) {
        if (prompts.size() > MAX_PROMPTS) {
            throw Problem.unprocessable("too-many-prompts", "Too many prompts at once",
                    "Send at most " + MAX_PROMPTS + " prompts in one call, not " + prompts.size() + ".");
        }
        Map<String, Row> rows = new LinkedHashMap<>();
        List<Integer> duplicates = new ArrayList<>();
        for (int place = 0; place < prompts.size(); place++) {
            Row row = row(place, prompts.get(place));
            if (rows.putIfAbsent(row.digest(), row) != null) {
                duplicates.add(place);
            }
        }
        Map<String, Long> ids = rows.isEmpty() ? Map.of() : insert(project, null, List.copyOf(rows.values()));
        rows.values().stream().filter(row -> !ids.containsKey(row.digest())).map(Row::place).forEach(duplicates::add);
        List<Long> added = rows.keySet().stream().map(ids::get).filter(Objects::nonNull).toList();
        return new AddedPrompts(added, duplicates.stream().sorted().toList());
    }

    /**
     * The prompts as the project has them, those that it lacked added: what an import calls for each of its batches, in
     * the transaction that also keeps what answers them.
     *
     * @param prompts prompts without a {@link #fault}
     * @return one for each prompt, in the order given
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<KeptPrompt> keep(Project project, long importId, List<NewPrompt> prompts) {
        Map<String, Row> rows = new LinkedHashMap<>();
        List<Row> given = new ArrayList<>();
        for (int place = 0; place < prompts.size(); place++) {
            Row row = checked(place, prompts.get(place));
            given.add(row);
            rows.putIfAbsent(row.digest(), row);
        }
        // In one order everywhere, so that two imports that bring the same prompts never wait for each other in a ring.
        List<Row> ordered = rows.values().stream().sorted(Comparator.comparing(Row::digest)).toList();
        Map<String, Long> added = ordered.isEmpty() ? Map.of() : insert(project, importId, ordered);
        Map<String, KeptPrompt> kept = new HashMap<>();
        ordered.stream().filter(row -> added.containsKey(row.digest())).forEach(row ->
                kept.put(row.digest(), new KeptPrompt(added.get(row.digest()), row.split(), true)));
        if (kept.size() < ordered.size()) {
            find(project, ordered.stream().map(Row::digest).filter(digest -> !kept.containsKey(digest)).toList(), kept);
        }
        return given.stream().map(row -> kept.get(row.digest())).toList();
    }

    private void find(Project project, List<String> digests, Map<String, KeptPrompt> kept) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select digest, id, split from prompt where project_id = ? and digest = any(?)")) {
            select.setLong(1, project.id);
            select.setArray(2, connection.createArrayOf("text", digests.toArray()));
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    kept.put(found.getString(1), new KeptPrompt(found.getLong(2), found.getString(3), false));
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The prompts cannot be found", failure);
        }
    }

    private Map<String, Long> insert(Project project, Long importId, List<Row> rows) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, project.id);
            insert.setTimestamp(2, Timestamp.from(clock.instant()));
            insert.setObject(3, importId, Types.BIGINT);
            insert.setArray(4, connection.createArrayOf("text", rows.stream().map(Row::messages).toArray()));
            insert.setArray(5, connection.createArrayOf("text", rows.stream().map(Row::splitGroup).toArray()));
            insert.setArray(6, connection.createArrayOf("text", rows.stream().map(Row::split).toArray()));
            insert.setArray(7, connection.createArrayOf("text", rows.stream().map(Row::digest).toArray()));
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

    private Row row(int place, NewPrompt prompt) {
        fault(prompt).ifPresent(fault -> {
            throw Problem.unprocessable("invalid-prompt", "A prompt is not valid",
                    "Nothing was added: prompts[" + place + "]." + fault + ".");
        });
        return checked(place, prompt);
    }

    private Row checked(int place, NewPrompt prompt) {
        String group = Split.normalise(group(prompt));
        String messages = write(prompt.messages());
        return new Row(place, messages, group, Split.of(group).name().toLowerCase(Locale.ROOT), sha256(messages));
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
        return text.codePoints().noneMatch(point -> point == 0 || point >= 0xD800 && point <= 0xDFFF);
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

    private record Row(int place, String messages, String splitGroup, String split, String digest) {}
}

package dev.ratchet.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.project.Split;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The demo's world of customer-support messages: topics, issues, families of wording, and what fills their slots. */
public final class Scenario {

    static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");
    private static final int DRAWS_PER_PROMPT = 200;

    private final World world;
    private final Map<String, Issue> issues = new LinkedHashMap<>();
    private final List<Wording> wordings = new ArrayList<>();

    private record World(
            List<String> devices, List<String> goods, Map<String, List<String>> slots, List<String> greetings,
            List<String> endings, List<Topic> topics, ReplyParts reply) {}

    private record Wording(Topic topic, Issue issue, String splitGroup, String template, Pattern pattern) {}

    private Scenario(World world) {
        this.world = world;
        for (Topic topic : world.topics()) {
            for (Issue issue : topic.issues()) {
                if (issues.put(issue.id(), issue) != null) {
                    throw new IllegalArgumentException("Two issues are called " + issue.id() + "; rename one");
                }
                for (int i = 0; i < issue.families().size(); i++) {
                    String template = issue.families().get(i);
                    wordings.add(new Wording(topic, issue, issue.splitGroup(i), template, pattern(template)));
                }
            }
        }
    }

    /** The scenario that ships with the product, from the class path. */
    public static Scenario load() {
        try (InputStream in = Scenario.class.getResourceAsStream("/demo/scenario.json")) {
            return new Scenario(new ObjectMapper().readValue(in, World.class));
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's scenario.json cannot be read", e);
        }
    }

    public List<Topic> topics() {
        return world.topics();
    }

    public Issue issue(String id) {
        Issue issue = issues.get(id);
        if (issue == null) {
            throw new IllegalArgumentException("No issue is called " + id + "; there are " + issues.keySet());
        }
        return issue;
    }

    /** Every product that a message may name. */
    public List<String> items() {
        return Stream.of(world.devices(), world.goods()).flatMap(Collection::stream).toList();
    }

    /**
     * Distinct messages from the families of one side of the split, even over the families.
     *
     * @throws IllegalArgumentException if the side does not hold that many distinct messages
     */
    public List<ScenarioPrompt> prompts(Split split, int count, long seed) {
        List<Wording> side = wordings.stream().filter(w -> Split.of(w.splitGroup()) == split).toList();
        Random random = new Random(seed);
        Map<String, ScenarioPrompt> distinct = new LinkedHashMap<>();
        for (long draw = 0; distinct.size() < count; draw++) {
            if (draw > (long) count * DRAWS_PER_PROMPT) {
                throw new IllegalArgumentException(
                        "Only " + distinct.size() + " distinct " + split + " prompts were found; ask for fewer than "
                                + count);
            }
            ScenarioPrompt prompt = draw(side.get(random.nextInt(side.size())), random);
            distinct.putIfAbsent(prompt.text(), prompt);
        }
        return List.copyOf(distinct.values());
    }

    /** One message from a random family of one side; draws may repeat. */
    ScenarioPrompt prompt(Split split, Random random) {
        while (true) {
            Wording wording = wordings.get(random.nextInt(wordings.size()));
            if (Split.of(wording.splitGroup()) == split) {
                return draw(wording, random);
            }
        }
    }

    /** What a message is about, by its wording; empty for a message that is not of this world. */
    Optional<Recognised> recognise(String message) {
        Wording best = null;
        Optional<String> item = Optional.empty();
        for (Wording wording : wordings) {
            Matcher matcher = wording.pattern().matcher(message);
            if (matcher.find() && (best == null || wording.template().length() > best.template().length())) {
                best = wording;
                item = wording.pattern().pattern().contains("?<thing>")
                        ? Optional.of(matcher.group("thing").toLowerCase(Locale.ROOT))
                        : Optional.empty();
            }
        }
        return best == null ? Optional.empty() : Optional.of(new Recognised(best.topic(), best.issue(), item));
    }

    ReplyParts replyParts() {
        return world.reply();
    }

    Topic topicOf(Issue issue) {
        return world.topics().stream().filter(topic -> topic.issues().contains(issue)).findFirst().orElseThrow();
    }

    private ScenarioPrompt draw(Wording wording, Random random) {
        String[] item = new String[1];
        String core = SLOT.matcher(wording.template()).replaceAll(slot -> {
            List<String> values = values(slot.group(1));
            String value = values.get(random.nextInt(values.size()));
            if (isThing(slot.group(1))) {
                item[0] = value;
            }
            return Matcher.quoteReplacement(value);
        });
        String greeting = pick(world.greetings(), random);
        String ending = pick(world.endings(), random);
        String text = String.join(" ", Stream.of(greeting, afterGreeting(greeting, core, random), ending)
                .filter(part -> !part.isEmpty()).toList());
        return new ScenarioPrompt(inHaste(text, random), wording.splitGroup(), wording.issue().id(),
                Optional.ofNullable(item[0]));
    }

    private static String afterGreeting(String greeting, String core, Random random) {
        return greeting.isEmpty() || random.nextBoolean() ? core : lowerFirst(core);
    }

    /** Some customers write without capitals, and some without the last full stop. */
    private static String inHaste(String text, Random random) {
        String cased = random.nextInt(8) == 0 ? text.toLowerCase(Locale.ROOT) : text;
        return cased.endsWith(".") && random.nextInt(8) == 0 ? cased.substring(0, cased.length() - 1) : cased;
    }

    private Pattern pattern(String template) {
        StringBuilder regex = new StringBuilder("(?i)\\b");
        Matcher slot = SLOT.matcher(template);
        int from = 0;
        boolean thingSeen = false;
        while (slot.find()) {
            regex.append(literal(template.substring(from, slot.start())));
            String alternatives = String.join("|", values(slot.group(1)).stream().map(Pattern::quote).toList());
            boolean names = isThing(slot.group(1)) && !thingSeen;
            regex.append(names ? "(?<thing>" : "(?:").append(alternatives).append(')');
            thingSeen |= names;
            from = slot.end();
        }
        return Pattern.compile(regex.append(literal(template.substring(from).replaceAll("[.?!]$", ""))).toString());
    }

    private static String literal(String text) {
        return text.isEmpty() ? "" : Pattern.quote(text);
    }

    private List<String> values(String slot) {
        return switch (slot) {
            case "item" -> items();
            case "device" -> world.devices();
            default -> {
                List<String> values = world.slots().get(slot);
                if (values == null) {
                    throw new IllegalArgumentException("scenario.json has no values for the slot {" + slot + "}");
                }
                yield values;
            }
        };
    }

    static boolean isThing(String slot) {
        return slot.equals("item") || slot.equals("device");
    }

    static String lowerFirst(String sentence) {
        return sentence.equals("I") || sentence.startsWith("I ")
                ? sentence
                : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    static String upperFirst(String clause) {
        return clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1);
    }

    static <T> T pick(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}

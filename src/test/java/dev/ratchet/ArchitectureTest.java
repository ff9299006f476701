package dev.ratchet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packages point one way only: each may use those that it names and what those may use. A cycle between features means
 * that neither can be understood, tested or run in a process of its own without the other.
 */
class ArchitectureTest {
    private static final String BASE = "dev.ratchet.";

    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            entry("platform", List.of()),
            entry("tensor", List.of()),
            entry("stats", List.of()),
            entry("lm", List.of("tensor")),
            entry("reward", List.of("lm")),
            // Files of examples become what the learning core learns from.
            entry("examples", List.of("lm", "reward")),
            entry("preference", List.of("lm", "reward")),
            entry("security", List.of("platform")),
            entry("question", List.of()),
            // A prompt is a conversation, whose turns the language model's package defines.
            entry("project", List.of("security", "lm", "question")),
            entry("feedback", List.of("platform")),
            // It reads a model folder before it takes it in, a reward model as well as a policy.
            entry("registry", List.of("project", "reward")),
            // A response names the version that wrote it, and sampling reads it from the registry.
            entry("generation", List.of("project", "lm", "registry")),
            entry("task", List.of("project", "feedback", "generation")),
            // The figures of a project's ratings for its leads.
            entry("quality", List.of("task", "stats")),
            // A team's pages show how its members rate.
            entry("team", List.of("task", "stats")),
            // Snapshots weigh reviewers by how reliable they are, and the card of a data set says how far they agree.
            entry("dataset", List.of("task", "feedback", "quality", "stats")),
            // What files of other tools say becomes prompts, answers, pairs and tasks; it reads rows as examples are read.
            entry("intake", List.of("project", "generation", "task", "dataset", "examples")),
            // Workers report accuracies with their intervals.
            entry("training", List.of("dataset", "registry", "generation", "reward", "preference", "stats")),
            entry("evaluation", List.of("registry", "training", "task", "stats")),
            entry("serving", List.of("lm", "registry", "feedback", "security")),
            entry("app", List.of(
                    "platform", "tensor", "stats", "lm", "reward", "examples", "preference", "security", "question",
                    "project", "feedback", "registry", "generation", "task", "quality", "team", "dataset", "intake",
                    "training", "evaluation", "serving")));

    private static JavaClasses product;

    @BeforeAll
    static void read() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.ratchet");
    }

    static Stream<String> packages() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packagesPointOneWay(String name) {
        String[] allowed = Stream.concat(Stream.of(name), reachable(name).stream())
                .map(used -> BASE + used + "..")
                .toArray(String[]::new);
        classes().that().resideInAPackage(BASE + name + "..")
                .should().onlyDependOnClassesThat(
                        not(resideInAPackage("dev.ratchet..")).or(resideInAnyPackage(allowed)))
                .allowEmptyShould(true)
                .check(product);
    }

    @Test
    void theLearningCoreIsALibrary() {
        // A plain test or another program uses it without an application server.
        noClasses().that().resideInAnyPackage(core())
                .should().dependOnClassesThat(resideInAnyPackage("io.quarkus..", "jakarta..", "org.apache.kafka.."))
                .allowEmptyShould(true)
                .check(product);
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(product.stream().map(type -> type.getPackageName() + ".").filter(name -> name.startsWith(BASE))
                        .map(name -> name.substring(BASE.length()))
                        .map(name -> name.substring(0, name.indexOf('.'))))
                .allSatisfy(name -> assertThat(MAY_USE).containsKey(name));
    }

    private static String[] core() {
        return Stream.of("tensor", "lm", "reward", "examples", "preference", "stats")
                .map(name -> BASE + name + "..")
                .toArray(String[]::new);
    }

    private static Set<String> reachable(String name) {
        Set<String> reached = new TreeSet<>();
        for (String used : MAY_USE.get(name)) {
            reached.add(used);
            reached.addAll(reachable(used));
        }
        return reached;
    }
}

package dev.ratchet.app.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class RubricSecrecyTest {

    private final JavaClasses product = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.ratchet");

    @Test
    void nothingOutsideTheDemoUsesTheRubric() {
        noClasses().that().resideOutsideOfPackage("dev.ratchet.app.demo")
                .should().dependOnClassesThat().haveFullyQualifiedName(Rubric.class.getName())
                .orShould().dependOnClassesThat().haveFullyQualifiedName(Rubric.Verdict.class.getName())
                .orShould().dependOnClassesThat().haveFullyQualifiedName(Trait.class.getName())
                .orShould().dependOnClassesThat().haveFullyQualifiedName(SimulatedReviewer.class.getName())
                .because("what trains or decides a promotion must learn the house style from ratings alone")
                .check(product);
    }

    @Test
    void theWorldBehindTheRubricNeedsNoApplication() {
        noClasses().that().haveNameMatching("dev\\.ratchet\\.app\\.demo\\."
                        + "(Scenario|Corpus|ReplyGrammar|Rubric|SimulatedReviewer|Words)(\\$.*)?")
                .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "jakarta..", "org.apache.kafka..")
                .because("the demo's world and its judgement are plain Java that any program can replay")
                .check(product);
    }
}

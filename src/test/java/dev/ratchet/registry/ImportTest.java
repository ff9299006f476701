package dev.ratchet.registry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.ratchet.platform.DataFolder;
import dev.ratchet.project.NewProject;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.NewAccount;
import dev.ratchet.security.Role;
import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import dev.ratchet.training.TinyPolicy;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Importing model folders, good and bad, and moving the champion by hand, over HTTP. */
@QuarkusTest
class ImportTest {
    private static final String PASSWORD = "correct horse";

    @Inject
    Accounts accounts;

    @Inject
    Projects projects;

    @Inject
    Versions versions;

    @Inject
    DataFolder data;

    private Project project;
    private String administrator;
    private String folder;
    private Path model;

    @BeforeEach
    void layAModelOut() {
        String unique = UUID.randomUUID().toString().replace("-", "");
        project = projects.create(new NewProject("p" + unique, "A project", null, null, 1, null));
        administrator = "a" + unique;
        accounts.create(new NewAccount(administrator, "An administrator", PASSWORD, Role.ADMINISTRATOR));
        folder = "m" + unique;
        model = TinyPolicy.save(data.root().resolve("imports").resolve(folder));
    }

    @Test
    void aWholeFolderBecomesAVersionAndThenTheChampion() {
        importFolder(folder).statusCode(201).body("name", equalTo("policy-1")).body("manifest.origin", equalTo("folder " + folder));
        as(administrator)
                .body(Map.of("version", "policy-1", "expectedRevision", 0, "reason", "The first model"))
                .post(path("champion"))
                .then()
                .statusCode(200)
                .body("revision", equalTo(1));
        as(administrator)
                .body(Map.of("version", "policy-1", "expectedRevision", 0, "reason", "Again"))
                .post(path("champion"))
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:ratchet:problem:alias-moved"));
        as(administrator).get(path("champion")).then().statusCode(200).body("version.name", equalTo("policy-1"));
        as(administrator).get(path("champion/history")).then().statusCode(200).body("size()", equalTo(1));
        as(administrator).post(path("champion/rollback")).then()
                .statusCode(409)
                .body("type", equalTo("urn:ratchet:problem:nothing-to-roll-back"));
    }

    @Test
    void aTruncatedFileIsRefusedInOneLine() throws IOException {
        byte[] weights = Files.readAllBytes(model.resolve("model.safetensors"));
        Files.write(model.resolve("model.safetensors"), Arrays.copyOf(weights, weights.length - 100));
        refused(importFolder(folder), "model.safetensors");
    }

    @Test
    void aMissingTensorIsRefusedByName() throws IOException {
        rewrite(weights -> weights.remove("model.norm.weight"));
        refused(importFolder(folder), "model.norm.weight");
    }

    @Test
    void aWrongShapeIsRefusedByName() throws IOException {
        rewrite(weights -> weights.put("model.norm.weight", new Tensor(new long[] {2}, new float[2])));
        refused(importFolder(folder), "model.norm.weight");
    }

    @Test
    void aFolderOutsideTheImportsIsRefused() {
        importFolder("../artefacts").statusCode(422).body("type", equalTo("urn:ratchet:problem:import-folder"));
        importFolder("nowhere").statusCode(422).body("type", equalTo("urn:ratchet:problem:import-folder"));
    }

    @Test
    void onlyAdministratorsImport() {
        String lead = "l" + UUID.randomUUID();
        accounts.create(new NewAccount(lead, "A lead", PASSWORD, Role.LEAD));
        as(lead).body(request(folder)).post(path("versions")).then().statusCode(403);
        as(lead).get(path("versions")).then().statusCode(200);
    }

    private void refused(ValidatableResponse response, String named) {
        response.statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ratchet:problem:model-format"))
                .body("detail", allOf(containsString(named), not(containsString("\n"))));
        assertThat(versions.list(project)).isEmpty();
    }

    private interface Change {
        void to(Map<String, Tensor> weights);
    }

    private void rewrite(Change change) throws IOException {
        Path file = model.resolve("model.safetensors");
        Safetensors old = Safetensors.open(file);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (String name : old.names()) {
            weights.put(name, old.floats(name));
        }
        change.to(weights);
        Safetensors.write(file, weights, StorageType.FLOAT32, Map.of("format", "pt"));
    }

    private ValidatableResponse importFolder(String name) {
        return as(administrator).body(request(name)).post(path("versions")).then();
    }

    private static Map<String, String> request(String name) {
        return Map.of("folder", name, "kind", "policy");
    }

    private String path(String rest) {
        return "/api/projects/" + project.slug + "/" + rest;
    }

    private static RequestSpecification as(String login) {
        return given().auth().preemptive().basic(login, PASSWORD).contentType("application/json");
    }
}

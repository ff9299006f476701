package dev.ratchet.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.platform.DataFolder;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** The main job: runs the loop once or over several seeds, prints what came of it, and leaves the pages up. */
@ApplicationScoped
public class DemoRunner {

    private static final Logger LOG = Logger.getLogger(DemoRunner.class);
    private static final int START_ATTEMPTS = 300;
    private static final int START_POLL_MILLIS = 100;

    @Inject
    DemoConfig config;

    @Inject
    DemoLoop loop;

    @Inject
    DemoProject projects;

    @Inject
    DataFolder data;

    @Inject
    ObjectMapper json;

    void onStart(@Observes StartupEvent started) {
        if (config.enabled()) {
            new Thread(this::run, "demo").start();
        }
    }

    private void run() {
        PrintStream console = System.out;
        int status = 0;
        try {
            URI base = awaitServer();
            DemoTable table = new DemoTable(console);
            List<DemoReport> reports = new ArrayList<>();
            String password = projects.demoAccounts();
            console.printf("%nRatchet is at %s%nSign in as %s with password %s, to watch the loop and to rate by"
                    + " hand.%n%n",
                    base, DemoProject.VISITOR, password);
            if (config.reviewers()) {
                for (int i = 0; i < config.seeds(); i++) {
                    long seed = config.seed() + i;
                    if (config.seeds() > 1) {
                        console.printf("%nLoop %d of %d, seed %d%n", i + 1, config.seeds(), seed);
                    }
                    DemoReport report = loop.run(base, seed, password, new Stages(console));
                    reports.add(report);
                    table.print(report);
                    write(reports);
                }
                if (reports.size() > 1) {
                    table.printSideBySide(reports);
                }
                console.println("Figures: " + reportFile());
            } else {
                loop.prepareForPeople(config.seed(), new Stages(console));
            }
            if (!config.exit()) {
                console.printf("%nThe pages stay up at %s (%s, password %s).%n"
                        + "Stop with Ctrl-C; `serve` with the same data folder brings them back.%n",
                        base, DemoProject.VISITOR, password);
            }
        } catch (Exception | LinkageError e) {
            LOG.error("The demo stopped", e);
            console.println("The demo stopped: " + e.getMessage());
            status = 1;
        }
        if (config.exit() || status != 0) {
            Quarkus.asyncExit(status);
        }
    }

    /** The newest loop's figures at the top; every loop of a `--seeds` run below `loops`. */
    private void write(List<DemoReport> reports) throws Exception {
        var root = json.<ObjectNode>valueToTree(reports.get(reports.size() - 1));
        if (reports.size() > 1) {
            root.set("loops", json.valueToTree(reports));
        }
        Path partial = data.root().resolve("demo-report.json.partial");
        Files.writeString(partial, json.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root));
        Files.move(partial, reportFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path reportFile() {
        return data.root().resolve("demo-report.json");
    }

    /** The start event comes before the port is open, and before a free port is known where 0 asked for one. */
    private static URI awaitServer() throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
            if (port > 0) {
                URI base = URI.create("http://localhost:" + port);
                try {
                    HttpRequest request = HttpRequest.newBuilder(base.resolve("/q/health/live")).build();
                    if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                        return base;
                    }
                } catch (IOException e) {
                    LOG.debug("Not up yet", e);
                }
            }
            Thread.sleep(START_POLL_MILLIS);
        }
        throw new IllegalStateException("The web application did not come up");
    }
}

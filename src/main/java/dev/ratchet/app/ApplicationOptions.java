package dev.ratchet.app;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every verb that starts the application. */
final class ApplicationOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder in which everything lives (default: data).")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port of the web pages (default: 8080; 0: a free one).")
    private Integer port;

    @Option(
            names = "--admin-password",
            paramLabel = "PASSWORD",
            description = "Sets the password of the account admin; without it the first start makes and prints one.")
    private String adminPassword;

    /** Hands what was given to Quarkus. */
    void apply() {
        set("ratchet.data", data);
        set("quarkus.http.port", port);
        set("ratchet.admin-password", adminPassword);
    }

    static void set(String name, Object value) {
        if (value != null) {
            System.setProperty(name, value.toString());
        }
    }
}

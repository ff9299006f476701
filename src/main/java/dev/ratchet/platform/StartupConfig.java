package dev.ratchet.platform;

import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a person set, read before Quarkus boots and from the same places: system properties, the environment,
 * {@code .env} and {@code config/application.properties} of the working folder.
 */
public final class StartupConfig {
    private static final int FILE_ORDINAL = 260;

    private final SmallRyeConfig config;

    private StartupConfig(SmallRyeConfig config) {
        this.config = config;
    }

    /** Reads it now. */
    public static StartupConfig read() {
        Path file = Path.of("config", "application.properties");
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addSystemSources()
                .addDefaultInterceptors()
                .withProfile("prod")
                .withSources(new DotEnvConfigSourceProvider());
        if (Files.isReadable(file)) {
            try {
                builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), FILE_ORDINAL));
            } catch (IOException failure) {
                throw new StartFailure("The settings in " + file + " cannot be read: " + failure.getMessage(), failure);
            }
        }
        return new StartupConfig(builder.build());
    }

    /** The setting; empty when nobody set it. */
    public Optional<String> get(String name) {
        return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
    }
}

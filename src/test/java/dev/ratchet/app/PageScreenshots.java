package dev.ratchet.app;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.ratchet.platform.TestServers;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Takes pictures of all pages into {@code target/pages}, for the eyes of who changes one, and the documentation's:
 * {@code mvn -B test -Dratchet.roles=web,stream -Dtags=screenshots -DexcludedTags= -Dtest=PageScreenshots}; with
 * {@code -Dpages=REGEX} only of those whose name in {@link EveryPage} matches.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@Tag("screenshots")
class PageScreenshots {
    /** The documentation has these on a desktop in the light. */
    private static final Set<String> SHOWN = Set.of("rate", "rate-marks", "rate-ranking", "queue", "project", "tasks",
            "quality", "adjudication", "team", "instructions", "run", "version");
    /** And these besides on a phone and in the dark. */
    private static final Set<String> SHOWN_EVERYWHERE = Set.of("rate", "quality", "adjudication");
    private static final Path DOCUMENTATION = Path.of("docs", "images");
    private static final Path FOLDER = Path.of("target", "pages");
    private static final Pattern WANTED = Pattern.compile(System.getProperty("pages", ".*"));

    @Inject
    PageFixture fixture;

    @Inject
    EveryPage every;

    @TestHTTPResource
    String address;

    @Test
    void takesThePictures() {
        Account lead = fixture.account("Lena Lead", Role.ADMINISTRATOR);
        Map<String, String> pages = every.ofAdministrator(lead);
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Map<String, String> own = every.ofReviewer(reviewer);
        try (Chromium chromium = Chromium.start()) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                for (int width : new int[] {1280, 390}) {
                    take(chromium, lead, pages, scheme, width);
                    take(chromium, reviewer, own, scheme, width);
                }
            }
        }
    }

    private void take(Chromium chromium, Account account, Map<String, String> pages, ColorScheme scheme, int width) {
        String suffix = "-" + width + "-" + scheme.name().toLowerCase() + ".png";
        try (BrowserContext context = chromium.browser().newContext(new Browser.NewContextOptions()
                .setViewportSize(width, width == 390 ? 844 : 800)
                .setColorScheme(scheme))) {
            Page page = context.newPage();
            page.navigate(address + "login");
            picture(page, FOLDER, "sign-in" + suffix, false);
            page.getByLabel("Login").fill(account.login);
            page.getByLabel("Password").fill(PageFixture.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL("**/queue");
            pages.forEach((name, path) -> {
                if (!WANTED.matcher(name).matches()) {
                    return;
                }
                page.navigate(address + path);
                page.waitForTimeout(name.startsWith("run") || name.equals("quality") ? 700 : 150);
                if (SHOWN_EVERYWHERE.contains(name) || SHOWN.contains(name) && suffix.equals("-1280-light.png")) {
                    picture(page, DOCUMENTATION, name + suffix, false);
                    indexed(DOCUMENTATION.resolve(name + suffix));
                }
                picture(page, FOLDER, name + suffix, true);
            });
        }
    }

    private static void picture(Page page, Path folder, String name, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name)).setFullPage(whole));
    }

    /** Writes a picture again with a palette, a third of the size: frequent colours stay, others become the nearest. */
    private static void indexed(Path file) {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            int[] palette = IntStream.of(pixels).boxed()
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())).entrySet().stream()
                    .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed()).limit(256)
                    .mapToInt(Map.Entry::getKey).toArray();
            Map<Integer, Integer> nearest = new HashMap<>();
            BufferedImage written = new BufferedImage(image.getWidth(), image.getHeight(),
                    BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE));
            for (int at = 0; at < pixels.length; at++) {
                int place = nearest.computeIfAbsent(pixels[at], colour -> IntStream.range(0, palette.length).boxed()
                        .min(Comparator.comparingInt(one -> distance(colour, palette[one]))).orElseThrow());
                written.getRaster().setSample(at % image.getWidth(), at / image.getWidth(), 0, place);
            }
            ImageIO.write(written, "png", file.toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int distance(int one, int other) {
        return IntStream.of(0, 8, 16).map(shift -> (one >> shift & 255) - (other >> shift & 255))
                .map(difference -> difference * difference).sum();
    }
}

package dev.ratchet.app.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast rows come in by the import and go out by the export, and how much memory the server takes for it. */
@Command(
        name = "import",
        description = {
            "Sends preference rows (TRL, conversational) over HTTP in parts, has them looked through and imported, then"
                    + " exports them again as JSON Lines, CSV and Parquet. Counts must agree to the row.",
            "Starts a server of its own on a free port with temporary data. Ends with 1 if a count is wrong."},
        mixinStandardHelpOptions = true)
final class ImportBench implements Callable<Integer> {
    @Option(names = "--rows", paramLabel = "N", defaultValue = "1000000",
            description = "rows of the file (default: ${DEFAULT-VALUE})")
    private int rows;

    @Option(names = "--heap", paramLabel = "SIZE", defaultValue = "512m",
            description = "heap of the server, which must not grow with the rows (default: ${DEFAULT-VALUE})")
    private String heap;

    /** Rows that cannot be learned from, one in so many: the report has to name each of them. */
    @Option(names = "--faulty-every", paramLabel = "N", defaultValue = "10000",
            description = "one row of so many has identical answers and must be rejected (default: ${DEFAULT-VALUE})")
    private int faultyEvery;

    @Override
    public Integer call() throws Exception {
        // Known to this process and its server alone.
        String password = UUID.randomUUID().toString();
        long started = System.nanoTime();
        try (BenchServer server = BenchServer.start(Map.of("ratchet.roles", "web,stream"),
                Map.of("RATCHET_ADMIN_PASSWORD", password, "JAVA_TOOL_OPTIONS", "-Xmx" + heap))) {
            RowsOverHttp http = new RowsOverHttp(server.address(), password);
            http.makeProject();
            RowsOverHttp.Imported in = http.importRows(rows, faultyEvery);
            say("import", in.rows(), in.seconds());
            RowsOverHttp.Exported out = http.export("preference.jsonl");
            say("export as JSON Lines", out.lines(), out.seconds());
            RowsOverHttp.Exported csv = http.export("preference.csv");
            say("export as CSV", in.pairs(), csv.seconds());
            RowsOverHttp.Exported parquet = http.export("preference.parquet");
            say("export as Parquet", in.pairs(), parquet.seconds());
            boolean right = in.rows() == rows && in.rejected() == (rows + faultyEvery - 1) / faultyEvery
                    && in.pairs() == rows - in.rejected() && out.lines() == in.pairs();
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("bench", "import");
            json.put("rows", in.rows());
            json.put("pairs", in.pairs());
            json.put("rejected", in.rejected());
            json.put("exported", out.lines());
            json.put("import_rows_per_second", BenchOptions.rounded(in.rows() / in.seconds()));
            json.put("check_seconds", BenchOptions.rounded(in.checkSeconds()));
            json.put("export_rows_per_second", BenchOptions.rounded(out.lines() / out.seconds()));
            json.put("export_csv_rows_per_second", BenchOptions.rounded(in.pairs() / csv.seconds()));
            json.put("export_parquet_rows_per_second", BenchOptions.rounded(in.pairs() / parquet.seconds()));
            json.put("heap", heap);
            json.put("peak_rss_gb", BenchOptions.rounded(ProcessHandle.current().children()
                    .mapToDouble(child -> PeakMemory.gigabytes(child.pid())).max().orElse(Double.NaN)));
            json.put("seconds", BenchOptions.rounded((System.nanoTime() - started) / 1e9));
            json.put("counts_right", right);
            BenchOptions.printJson(json);
            return right ? 0 : 1;
        }
    }

    private static void say(String what, long rows, double seconds) {
        System.out.printf(Locale.ROOT, "%s: %,d rows in %.1f s, %,.0f a second%n", what, rows, seconds, rows / seconds);
    }
}

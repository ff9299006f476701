package dev.ratchet.intake;

import dev.ratchet.intake.format.Container;
import dev.ratchet.intake.format.Detection;
import dev.ratchet.intake.format.Format;
import dev.ratchet.intake.format.Mapping;
import dev.ratchet.platform.Shown;
import dev.ratchet.project.ProjectHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What the pages of imports show. */
final class ImportView {
    private ImportView() {}

    /** One import in the list. */
    record Row(long id, String name, String status, String tone, String rows, String rejected, Instant createdAt) {
        static Row of(ImportJob job) {
            boolean counted = job.startedAt != null;
            String rows = counted ? Shown.count(job.rows)
                    : job.preview == null ? "–" : Shown.count(job.preview.rows());
            String rejected = counted ? Shown.count(job.rejected)
                    : job.preview == null ? "–" : Shown.count(job.preview.rejected());
            return new Row(job.id, job.name, job.status, tone(job.status), rows, rejected, job.createdAt);
        }

        private static String tone(String status) {
            return switch (status) {
                case ImportStatus.DONE -> "good";
                case ImportStatus.FAILED -> "bad";
                case ImportStatus.READY -> "accent";
                case ImportStatus.CHECKING, ImportStatus.IMPORTING, ImportStatus.RECEIVING, ImportStatus.UNDOING ->
                        "wait";
                default -> "";
            };
        }
    }

    /** The list, with the form for a new one. */
    record ListPage(ProjectHead head, List<Row> rows, String largest, String problem) {}

    /** A layout or file type by its id, and whether it is the present one. */
    record Choice(String value, boolean selected) {}

    /** A choice of a list, and whether it is the present one. */
    record Option(String value, String title, boolean selected) {}

    /** A role of a column, and the file's columns to choose from. */
    record ColumnRole(String role, List<Option> columns) {}

    /** A number of the preview or the report. */
    record Figure(String label, String value, String note) {}

    /** One import. */
    record Detail(ProjectHead head, Row row, ImportJob job, String problem, List<Rejections.Rejection> rejections) {

        public boolean live() {
            return checking() || importing() || undoing();
        }

        public boolean receiving() {
            return job.status.equals(ImportStatus.RECEIVING);
        }

        public boolean checking() {
            return job.status.equals(ImportStatus.CHECKING);
        }

        public boolean importing() {
            return job.status.equals(ImportStatus.IMPORTING);
        }

        public boolean undoing() {
            return job.status.equals(ImportStatus.UNDOING);
        }

        public boolean undone() {
            return job.status.equals(ImportStatus.UNDONE);
        }

        public boolean undoable() {
            return job.status.equals(ImportStatus.DONE) || goesOn();
        }

        public boolean ready() {
            return job.status.equals(ImportStatus.READY);
        }

        public boolean failed() {
            return job.status.equals(ImportStatus.FAILED);
        }

        public boolean mappable() {
            return (ready() || failed() && job.startedAt == null) && job.mapping != null;
        }

        public boolean goesOn() {
            return failed() && job.startedAt != null;
        }

        public boolean reported() {
            return job.startedAt != null;
        }

        public boolean removable() {
            return !importing() && !undoing() && !job.status.equals(ImportStatus.DISCARDED);
        }

        public long total() {
            return job.preview == null ? 0 : Math.max(1, job.preview.rows());
        }

        public String received() {
            return Shown.count(job.received);
        }

        public String size() {
            return Shown.count(job.size);
        }

        public String rows() {
            return Shown.count(job.rows);
        }

        public String totalRows() {
            return Shown.count(total());
        }

        public boolean previewed() {
            return ready() && job.preview != null;
        }

        public boolean startable() {
            return previewed() && job.preview.accepted() > 0;
        }

        public boolean csv() {
            return job.mapping.container() == Container.CSV;
        }

        public List<Choice> containers() {
            return Arrays.stream(Container.values()).map(container -> new Choice(
                    container.id(), container == job.mapping.container())).toList();
        }

        public String separator() {
            return job.mapping.separator() == null ? "," : job.mapping.separator().toString();
        }

        public List<Choice> formats() {
            return Arrays.stream(Format.values()).map(format -> new Choice(
                    format.id(), format == job.mapping.format())).toList();
        }

        public List<ColumnRole> columnRoles() {
            return Mapping.COLUMN_ROLES.stream().map(role -> new ColumnRole(role, options(role))).toList();
        }

        private List<Option> options(String role) {
            String chosen = job.mapping.columns().get(role);
            List<Option> options = new ArrayList<>(columns().stream()
                    .map(column -> new Option(column.name(), column.name(), column.name().equals(chosen))).toList());
            if (chosen != null && options.stream().noneMatch(Option::selected)) {
                options.add(new Option(chosen, chosen, true));
            }
            return options;
        }

        public List<Detection.Column> columns() {
            return job.preview == null ? List.of() : job.preview.columns();
        }

        public String personalKinds() {
            return job.preview.personal().entrySet().stream()
                    .map(kind -> kind.getKey() + " " + Shown.count(kind.getValue()))
                    .collect(Collectors.joining(", "));
        }

        public boolean quiet() {
            Preview seen = job.preview;
            return seen.repeated() + seen.nearInFile() + seen.nearInProject() + seen.otherSideThanFile()
                    + seen.otherSideThanNear() + seen.personalRows() == 0 && seen.compared();
        }

        public String speed() {
            Double speed = ImportJson.of(job).rowsPerSecond();
            return speed == null ? "–" : Shown.count(Math.round(speed));
        }
    }
}

package dev.ratchet.platform;

/** What went wrong and how to mend it; answered as RFC 9457 problem details, or as a page to a browser. */
public final class Problem extends RuntimeException {
    private final int status;
    private final String type;
    private final String title;
    private final String detail;

    /**
     * @param status HTTP status, 400 to 599
     * @param type stable kebab-case name, published as {@code urn:ratchet:problem:<type>}
     * @param title what is wrong, the same for every problem of the type
     * @param detail what is wrong this time and how to mend it
     */
    public Problem(int status, String type, String title, String detail) {
        super(title + ": " + detail);
        this.status = status;
        this.type = type;
        this.title = title;
        this.detail = detail;
    }

    /** 400: the request cannot be read. */
    public static Problem badRequest(String type, String title, String detail) {
        return new Problem(400, type, title, detail);
    }

    /** 403: the account may not do this. */
    public static Problem forbidden(String type, String title, String detail) {
        return new Problem(403, type, title, detail);
    }

    /** 404: there is no such thing, or the account may not know of it. */
    public static Problem notFound(String type, String title, String detail) {
        return new Problem(404, type, title, detail);
    }

    /** 409: the state of the record does not allow it. */
    public static Problem conflict(String type, String title, String detail) {
        return new Problem(409, type, title, detail);
    }

    /** 422: the request was read, and what it says cannot be. */
    public static Problem unprocessable(String type, String title, String detail) {
        return new Problem(422, type, title, detail);
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return detail;
    }
}

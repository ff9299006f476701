package dev.ratchet.app;

import static io.restassured.RestAssured.given;

import dev.ratchet.security.Account;
import io.restassured.http.Cookies;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A signed-in browser without JavaScript: it reads pages and sends their forms. */
public final class Visitor {
    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    private final Map<String, String> cookies = new HashMap<>();
    private String languages = "en";

    /** Signs in by the form. */
    public static Visitor of(Account account) {
        Visitor visitor = new Visitor();
        visitor.signIn(account.login, PageFixture.PASSWORD);
        return visitor;
    }

    /** Sends the form of the sign-in page, with the cookies of before. */
    public Response signIn(String login, String password) {
        return keep(request().formParam("j_username", login).formParam("j_password", password)
                .post("/j_security_check"));
    }

    /** Asks for pages in these languages, as the header Accept-Language names them. */
    public void speak(String languages) {
        this.languages = languages;
    }

    /** Somebody who is not signed in. */
    public static Visitor anonymous() {
        return new Visitor();
    }

    public Response get(String path) {
        return keep(request().get(path));
    }

    public Document page(String path) {
        return Jsoup.parse(get(path).then().statusCode(200).extract().asString());
    }

    /** Sends a form as its page made it, with these fields added or replaced; redirects are not followed. */
    public Response send(Element form, Map<String, String> fields) {
        return send(form, fields, false);
    }

    /** Sends a form as htmx does. */
    public Response swap(Element form, Map<String, String> fields) {
        return send(form, fields, true);
    }

    /** Sends a form with a text file chosen in its field {@code file}. */
    public Response upload(Element form, Map<String, String> fields, String fileName, String content) {
        RequestSpecification request = request()
                .multiPart("file", fileName, content.getBytes(StandardCharsets.UTF_8), "text/plain");
        filled(form, fields).forEach(request::multiPart);
        return keep(request.post(form.attr("action")));
    }

    private static Map<String, String> filled(Element form, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>();
        form.select("input[name]:not([type=file]), textarea[name]")
                .forEach(input -> all.put(input.attr("name"), input.val()));
        all.putAll(fields);
        return all;
    }

    private Response send(Element form, Map<String, String> fields, boolean htmx) {
        Map<String, String> all = filled(form, fields);
        RequestSpecification request = request();
        if (htmx) {
            request.header("HX-Request", "true");
        }
        if (form.attr("enctype").equals("multipart/form-data")) {
            all.forEach(request::multiPart);
        } else {
            request.contentType("application/x-www-form-urlencoded; charset=UTF-8").formParams(all);
        }
        return keep(request.post(form.attr("action")));
    }

    private RequestSpecification request() {
        return given().redirects().follow(false).header("Accept", BROWSER).header("Accept-Language", languages)
                .cookies(cookies);
    }

    private Response keep(Response response) {
        Cookies fresh = response.detailedCookies();
        fresh.forEach(cookie -> {
            if (cookie.getMaxAge() == 0) {
                cookies.remove(cookie.getName());
            } else {
                cookies.put(cookie.getName(), cookie.getValue());
            }
        });
        return response;
    }
}

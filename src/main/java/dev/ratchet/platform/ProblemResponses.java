package dev.ratchet.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Answers every failure as problem details to a program, and as a page or a fragment to a browser. */
@Singleton
class ProblemResponses {
    private static final Logger LOG = Logger.getLogger(ProblemResponses.class);
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    @Inject
    @Location("problem/page")
    Template page;

    @Inject
    @Location("problem/fragment")
    Template fragment;

    @ServerExceptionMapper
    Response problem(Problem problem, RoutingContext request) {
        return answer(ProblemDetails.of(problem), request);
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException violated, RoutingContext request) {
        List<ProblemDetails.FieldError> errors = violated.getConstraintViolations().stream()
                .map(violation -> new ProblemDetails.FieldError(
                        lastNode(violation.getPropertyPath().toString()), violation.getMessage()))
                .sorted(Comparator.comparing(ProblemDetails.FieldError::field))
                .toList();
        String detail = String.join("; ", errors.stream().map(error -> error.field() + " " + error.message()).toList());
        return answer(
                new ProblemDetails("urn:ratchet:problem:invalid-input", "The input is not valid", 422, detail, errors),
                request);
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException refused, RoutingContext request) {
        Response response = refused.getResponse();
        if (response.getStatus() < 400 || response.hasEntity()) {
            return response;
        }
        if (response.getStatus() >= 500) {
            return unexpected(refused, request);
        }
        Optional<String> unreadable = unreadableParameter(refused, request);
        if (unreadable.isPresent()) {
            return answer(
                    new ProblemDetails("urn:ratchet:problem:invalid-parameter", "A parameter cannot be read", 422,
                            "'" + unreadable.get() + "' has a value of another kind than it takes, or too large a one.",
                            List.of()),
                    request);
        }
        String reason = response.getStatusInfo().getReasonPhrase();
        String detail = switch (response.getStatus()) {
            case 404 -> "There is nothing at " + request.normalizedPath() + ".";
            case 405 -> request.request().method() + " is not offered at " + request.normalizedPath() + ".";
            case 400 -> "The request could not be read: " + rootMessage(refused);
            default -> reason;
        };
        String type = reason.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        Response.ResponseBuilder answer = Response.fromResponse(
                answer(new ProblemDetails(
                        "urn:ratchet:problem:" + type, reason, response.getStatus(), detail, List.of()), request));
        response.getStringHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)
                    && !name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
                values.forEach(value -> answer.header(name, value));
            }
        });
        return answer.build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException refused, RoutingContext request) {
        return answer(
                new ProblemDetails(
                        "urn:ratchet:problem:forbidden",
                        "Not allowed",
                        403,
                        "Your account may not do this. Ask an administrator for the role that it needs.",
                        List.of()),
                request);
    }

    /** Sends a browser to the sign-in page (which remembers where it wanted to go); a program gets a plain 401. */
    @ServerExceptionMapper
    Uni<Response> unauthorized(UnauthorizedException refused, RoutingContext request) {
        return challenge(request, new ProblemDetails(
                "urn:ratchet:problem:sign-in-needed",
                "Sign in first",
                401,
                "This needs an account: sign in at /login, or send a token or HTTP Basic credentials.",
                List.of()));
    }

    @ServerExceptionMapper
    Uni<Response> failedAuthentication(AuthenticationFailedException refused, RoutingContext request) {
        return challenge(request, new ProblemDetails(
                "urn:ratchet:problem:sign-in-failed",
                "Signing in failed",
                401,
                "Login, password or token is wrong or does not work any more, or there were too many attempts: then"
                        + " wait five minutes.",
                List.of()));
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure, RoutingContext request) {
        if (isUnstorableText(failure)) {
            return answer(
                    new ProblemDetails(
                            "urn:ratchet:problem:invalid-text",
                            "A text cannot be stored",
                            422,
                            "Nothing was changed. A text holds the character NUL (\\u0000), or half a character:"
                                    + " leave it out.",
                            List.of()),
                    request);
        }
        String id = UUID.randomUUID().toString();
        LOG.errorf(failure, "Unexpected failure %s at %s %s", id, request.request().method(), request.normalizedPath());
        return answer(
                new ProblemDetails(
                        "urn:ratchet:problem:unexpected",
                        "Something went wrong on our side",
                        500,
                        "Nothing was changed. Try again; if it happens again, give your administrator the number " + id
                                + ", which finds the cause in the log.",
                        List.of()),
                request);
    }

    /** Nobody here refuses a request without a word: that is the check of the token of forms. */
    @ServerResponseFilter
    void explain(ContainerResponseContext response, RoutingContext request) {
        if (response.getStatus() == 400 && !response.hasEntity()) {
            Response told = answer(
                    new ProblemDetails(
                            "urn:ratchet:problem:csrf-token-missing",
                            "The form could come from another site",
                            400,
                            "Nothing was changed. Load the page again and send its form from there;"
                                    + " a program sends JSON.",
                            List.of()),
                    request);
            response.setEntity(told.getEntity(), null, told.getMediaType());
        }
    }

    /** A media type that is none would make whoever reads it fail. */
    @ServerRequestFilter(preMatching = true)
    void readMediaType(ContainerRequestContext request) {
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type != null) {
            try {
                MediaType.valueOf(type);
            } catch (IllegalArgumentException none) {
                throw new Problem(415, "unsupported-media-type", "The media type cannot be read",
                        "Send Content-Type: application/json, or the type that the call asks for.");
            }
        }
    }

    private Uni<Response> challenge(RoutingContext request, ProblemDetails details) {
        if (isHtmx(request)) {
            return Uni.createFrom().item(Response.status(401).header("HX-Redirect", "/login").build());
        }
        HttpAuthenticator authenticator = request.get(HttpAuthenticator.class.getName());
        if (!wantsHtml(request) || authenticator == null) {
            return Uni.createFrom().item(answer(details, request));
        }
        return authenticator.getChallenge(request).map(challenge -> {
            if (challenge == null) {
                return answer(details, request);
            }
            Response.ResponseBuilder response = Response.status(challenge.status);
            if (challenge.headerName != null) {
                response.header(challenge.headerName.toString(), challenge.headerContent);
            }
            return response.build();
        });
    }

    private Response answer(ProblemDetails details, RoutingContext request) {
        Response.ResponseBuilder response = Response.status(details.status());
        if (isHtmx(request)) {
            return response.type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .entity(fragment.data("problem", details).render())
                    .build();
        }
        if (wantsHtml(request)) {
            return response.type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .entity(page.data("problem", details).render())
                    .build();
        }
        return response.type(PROBLEM_JSON).entity(details).build();
    }

    private static boolean wantsHtml(RoutingContext request) {
        String accept = request.request().getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(MediaType.TEXT_HTML);
    }

    private static boolean isHtmx(RoutingContext request) {
        return "true".equals(request.request().getHeader("HX-Request"));
    }

    /** What PostgreSQL says of NUL in a text (22021), and in JSON (22P05) of NUL or half a character. */
    private static boolean isUnstorableText(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && UNSTORABLE.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static String lastNode(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The query parameter that was no number: JAX-RS calls it an address at which there is nothing. */
    private static Optional<String> unreadableParameter(WebApplicationException refused, RoutingContext request) {
        String message = refused.getCause() == null ? "" : String.valueOf(rootMessage(refused));
        return refused.getResponse().getStatus() != 404 ? Optional.empty() : request.queryParams().entries().stream()
                .filter(parameter -> message.contains('"' + parameter.getValue() + '"'))
                .map(Map.Entry::getKey).findFirst();
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof JsonProcessingException json) {
            return json.getOriginalMessage();
        }
        return root.getMessage();
    }
}

package dev.ratchet.platform;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says which field of a JSON body has the wrong type or an unknown value. */
class UnreadableJson {

    @ServerExceptionMapper
    Response mismatched(MismatchedInputException failure) {
        String field = failure.getPath().stream().map(UnreadableJson::step).collect(Collectors.joining())
                .replaceFirst("^\\.", "");
        String message = message(failure);
        List<ProblemDetails.FieldError> errors =
                field.isEmpty() ? List.of() : List.of(new ProblemDetails.FieldError(field, message));
        return Response.status(400)
                .type("application/problem+json")
                .entity(new ProblemDetails("urn:ratchet:problem:invalid-json", "The JSON does not fit", 400,
                        field.isEmpty() ? message : field + " " + message, errors))
                .build();
    }

    /** A body that is too deep, or has a number or text too long to be meant. */
    @ServerExceptionMapper
    Response excessive(StreamConstraintsException failure) {
        return Response.status(400)
                .type("application/problem+json")
                .entity(new ProblemDetails("urn:ratchet:problem:invalid-json", "The JSON does not fit", 400,
                        failure.getOriginalMessage(), List.of()))
                .build();
    }

    private static String step(JsonMappingException.Reference reference) {
        return reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : "." + reference.getFieldName();
    }

    private static String message(MismatchedInputException failure) {
        Class<?> target = failure.getTargetType();
        if (failure instanceof InvalidFormatException && target != null && target.isEnum()) {
            return "must be one of " + Arrays.stream(target.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(java.util.Locale.ROOT))
                    .collect(Collectors.joining(", "));
        }
        return target == null ? "cannot be read" : "must be " + switch (target.getSimpleName()) {
            case "Integer", "int", "Long", "long" -> "a whole number";
            case "Double", "double" -> "a number";
            case "String" -> "text";
            case "UUID" -> "a UUID";
            case "Boolean", "boolean" -> "true or false";
            case "List", "ArrayList" -> "a list";
            default -> "an object";
        };
    }
}

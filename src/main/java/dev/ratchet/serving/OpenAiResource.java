package dev.ratchet.serving;

import dev.ratchet.platform.ApplicationRole;
import dev.ratchet.platform.Problem;
import dev.ratchet.platform.RatchetConfig;
import dev.ratchet.security.CurrentAccount;
import io.quarkus.security.Authenticated;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The OpenAI-compatible interface: the champion of a project answers under the project's slug. */
@Path("/v1")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class OpenAiResource {
    /** Header that names the version that wrote a reply. */
    static final String VERSION_HEADER = "Ratchet-Version";

    @Inject
    ServedModels served;

    @Inject
    ChatService chat;

    @Inject
    CurrentAccount account;

    @Inject
    RatchetConfig config;

    @GET
    @Path("/models")
    public ServedModel.Listing models() {
        requireServing();
        return new ServedModel.Listing("list", served.list(account));
    }

    @POST
    @Path("/chat/completions")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response complete(ChatRequest request) {
        requireServing();
        ChatService.Answered answered = chat.answer(account, request);
        return Response.ok(answered.completion())
                .header(VERSION_HEADER, ServedModels.fingerprint(answered.version()))
                .build();
    }

    @ServerExceptionMapper
    Response refuse(ApiError error) {
        return Response.status(error.status())
                .type("application/problem+json")
                .entity(error.body())
                .build();
    }

    private void requireServing() {
        if (!config.roles().contains(ApplicationRole.SERVING)) {
            throw new Problem(
                    503, "not-serving", "This node does not serve models", "Ask a node that has the role 'serving'.");
        }
    }
}

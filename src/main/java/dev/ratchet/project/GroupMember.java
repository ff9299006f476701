package dev.ratchet.project;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Set;
import java.util.stream.Collectors;

/** A member in a group. */
@Entity
@Table(name = "reviewer_group_member")
@IdClass(GroupMember.Key.class)
public class GroupMember extends PanacheEntityBase {
    @Id
    public Long groupId;

    @Id
    public Long accountId;

    static void join(long group, long account) {
        GroupMember member = new GroupMember();
        member.groupId = group;
        member.accountId = account;
        member.persist();
    }

    /** Ids of the accounts in a group. */
    static Set<Long> accounts(long group) {
        return GroupMember.<GroupMember>list("groupId", group).stream().map(member -> member.accountId)
                .collect(Collectors.toSet());
    }

    /** Identity of a member in a group. */
    public record Key(Long groupId, Long accountId) {}
}

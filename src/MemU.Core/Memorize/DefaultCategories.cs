using MemU.Reasoning;

namespace MemU.Memorize;

/// <summary>The ten categories of a space when none are configured.</summary>
public static class DefaultCategories
{
    /// <summary>The ten.</summary>
    public static IReadOnlyList<CategoryDefinition> All { get; } =
    [
        new("personal_info", "Personal information about the user"),
        new("preferences", "User preferences, likes and dislikes"),
        new("relationships", "Information about relationships with others"),
        new("activities", "Activities, hobbies, and interests"),
        new("goals", "Goals, aspirations, and objectives"),
        new("experiences", "Past experiences and events"),
        new("knowledge", "Knowledge, facts, and learned information"),
        new("opinions", "Opinions, viewpoints, and perspectives"),
        new("habits", "Habits, routines, and patterns"),
        new("work_life", "Work-related information and professional life"),
    ];
}

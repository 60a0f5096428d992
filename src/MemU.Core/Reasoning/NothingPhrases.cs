using System.Collections.Frozen;

namespace MemU.Reasoning;

/// <summary>Whole texts (lower case, outer punctuation removed) that stand for the absence of a memory.</summary>
internal static class NothingPhrases
{
    public static FrozenSet<string> Whole { get; } = FrozenSet.ToFrozenSet(
    [
        "none", "none found", "none identified", "none available", "n/a", "na", "n.a", "nan", "null", "nil", "void", "undefined", "empty", "nothing",
        "nothing found", "nothing to extract", "nothing to remember", "nothing to report", "nothing new", "not applicable", "not available",
        "not specified", "not mentioned", "not provided", "unknown", "unspecified", "no", "no change", "no changes", "no result", "no results",
        "no response", "no answer", "no output", "error", "error: rate limit exceeded", "rate limit exceeded", "internal server error",
        "empty list", "empty array", "empty string", "[]", "{}",
        "keine", "keins", "nichts", "keine angabe", "keine angaben", "keine erinnerungen", "unbekannt", "entfällt",
        "aucun", "aucune", "rien", "néant", "aucun souvenir", "aucune information", "sans objet", "inconnu",
        "ninguno", "ninguna", "nada", "vacío", "sin información", "sin datos", "no aplica", "ningún recuerdo", "desconocido",
        "nessuno", "nessuna", "niente", "nulla", "nessuna informazione", "sconosciuto", "nenhum", "nenhuma", "vazio", "sem informações", "não se aplica",
        "geen", "niets", "onbekend", "brak", "nic", "nie dotyczy", "yok", "hiçbiri", "boş",
        "нет", "ничего", "отсутствует", "нет данных", "нет информации", "неизвестно", "немає",
        "无", "無", "没有", "沒有", "空", "暂无", "未知", "无记忆", "没有记忆", "なし", "無し", "該当なし", "ありません", "特になし", "없음", "해당 없음", "없습니다",
        "لا شيء", "لا يوجد", "غير متوفر", "कुछ नहीं", "कोई नहीं", "ไม่มี", "không có", "אין",
    ]);

    public static FrozenSet<string> Placeholders { get; } = FrozenSet.ToFrozenSet(
    [
        "todo", "tbd", "placeholder", "lorem ipsum", "string", "text", "content", "memory", "memory content", "memory text", "the memory", "summary",
        "item", "caption", "example", "example memory", "example memory content", "sample memory", "your memory here", "insert memory here", "memory 1", "description",
    ]);
}

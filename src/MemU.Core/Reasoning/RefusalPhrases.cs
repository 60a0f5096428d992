namespace MemU.Reasoning;

/// <summary>How assistants begin when they decline, in languages other than English (lower case, straight apostrophes).</summary>
/// <remarks>Each names the assistant itself or the request, so that a person's own regrets ("Es tut mir leid, dass …") do not match.</remarks>
internal static class RefusalPhrases
{
    public static IReadOnlyList<string> Starts { get; } =
    [
        // German
        "es tut mir leid, aber ich kann dabei nicht helfen", "es tut mir leid, aber ich kann dir dabei nicht", "es tut mir leid, aber ich kann ihnen dabei nicht",
        "es tut mir leid, aber ich kann diese anfrage", "es tut mir leid, ich kann diese anfrage", "es tut mir leid, aber dabei kann ich nicht",
        "tut mir leid, dabei kann ich nicht", "tut mir leid, aber dabei kann ich nicht", "entschuldigung, aber ich kann dabei nicht", "ich kann diese anfrage nicht",
        "ich kann bei dieser anfrage nicht", "ich kann dabei nicht helfen", "als ki-sprachmodell", "als ki-modell", "als ki-assistent kann ich", "als sprachmodell",
        // French
        "je suis désolé, mais je ne peux pas vous aider", "je suis désolé, mais je ne peux pas répondre", "je suis désolé, mais je ne peux pas traiter",
        "je suis désolé, mais je ne peux pas accéder", "je suis désolé, mais je ne peux pas fournir", "désolé, mais je ne peux pas vous aider",
        "désolé, je ne peux pas vous aider", "désolé, je ne peux pas répondre à cette demande", "je ne peux pas répondre à cette demande", "je ne peux pas vous aider avec",
        "en tant que modèle de langage", "en tant qu'ia,", "en tant qu'assistant ia", "en tant qu'intelligence artificielle,",
        // Spanish
        "lo siento, pero no puedo ayudar", "lo siento, no puedo ayudar", "lo siento, pero no puedo cumplir", "lo siento, pero no puedo proporcionar",
        "lo siento, pero no puedo procesar", "lo siento, pero no puedo responder", "no puedo ayudar con es", "no puedo cumplir con es", "como modelo de lenguaje",
        "como inteligencia artificial, no", "como ia, no",
        // Italian
        "mi dispiace, ma non posso aiutar", "mi dispiace, non posso aiutar", "mi dispiace, ma non posso fornire", "mi dispiace, ma non posso soddisfare",
        "non posso soddisfare questa richiesta", "non posso aiutarti con quest", "come modello linguistico", "in quanto modello linguistico", "come intelligenza artificiale, non",
        // Portuguese
        "desculpe, mas não posso ajudar", "desculpe, não posso ajudar", "lamento, mas não posso ajudar", "sinto muito, mas não posso ajudar",
        "desculpe, mas não posso fornecer", "desculpe, mas não posso atender", "não posso ajudar com iss", "não posso atender a ess", "como um modelo de linguagem",
        "como modelo de linguagem", "como uma ia, não",
        // Dutch
        "het spijt me, maar ik kan je daar niet", "het spijt me, maar ik kan daar niet mee helpen", "het spijt me, maar ik kan niet voldoen", "het spijt me, maar ik kan u daar niet",
        "sorry, daar kan ik niet mee helpen", "sorry, maar daar kan ik niet mee helpen", "als ai-taalmodel", "als taalmodel",
        // Polish, Turkish
        "przepraszam, ale nie mogę pomóc", "przykro mi, ale nie mogę pomóc", "jako model językowy", "üzgünüm, ancak bu konuda yardımcı olamam",
        "üzgünüm, bu konuda yardımcı olamam", "üzgünüm, bu isteği", "bir yapay zeka dil modeli olarak",
        // Russian, Ukrainian
        "извините, но я не могу помочь", "извините, я не могу помочь", "к сожалению, я не могу помочь", "к сожалению, я не могу выполнить", "извините, но я не могу выполнить",
        "простите, но я не могу помочь", "я не могу выполнить этот запрос", "я не могу помочь с этим", "как языковая модель", "как искусственный интеллект, я", "вибачте, але я не можу допомогти",
        // Chinese
        "对不起，我无法", "对不起，我不能提供", "对不起，我不能帮", "对不起，我不能协助", "抱歉，我无法", "抱歉，我不能提供", "抱歉，我不能帮", "很抱歉，我无法", "很抱歉，但我无法", "抱歉，但我无法", "我无法协助",
        "我无法满足", "我无法提供", "我无法处理", "我无法完成这个请求", "作为一个ai", "作为ai", "作为人工智能", "作为一个人工智能", "作为语言模型", "作为一个语言模型", "對不起，我無法", "抱歉，我無法", "很抱歉，我無法", "作為一個ai", "作為人工智慧",
        // Japanese, Korean
        "申し訳ありませんが、その", "申し訳ありませんが、この", "申し訳ありませんが、ご要望", "申し訳ありませんが、お手伝い", "申し訳ございませんが、その", "申し訳ございませんが、お手伝い", "すみませんが、その依頼", "すみませんが、お手伝い",
        "aiとして", "aiアシスタントとして", "言語モデルとして", "ai言語モデルとして", "죄송하지만 도와", "죄송합니다만 도와", "죄송하지만 그 요청", "죄송하지만 해당 요청", "죄송하지만, 해당 요청", "죄송합니다. 해당 요청", "죄송하지만 이 요청",
        "ai 언어 모델로서", "인공지능 언어 모델로서", "저는 ai 언어 모델", "언어 모델로서",
        // Arabic, Hindi, Vietnamese
        "عذرًا، لا أستطيع", "عذراً، لا أستطيع", "عذرا، لا أستطيع", "عذرًا، لا يمكنني", "عذراً، لا يمكنني", "عذرا، لا يمكنني", "آسف، لا أستطيع مساعد", "آسف، لا يمكنني", "أنا آسف، لكن لا يمكنني", "كنموذج لغ", "بصفتي نموذج",
        "क्षमा करें, मैं इस", "माफ़ कीजिए, मैं इस", "मुझे खेद है, मैं इस", "एक ai भाषा मॉडल के रूप में", "xin lỗi, tôi không thể hỗ trợ", "xin lỗi, nhưng tôi không thể", "là một mô hình ngôn ngữ",
    ];
}
